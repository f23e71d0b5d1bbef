/* Everything in the engine that is not an equation.

   One translation unit: this file includes the equations as program.h, which defines UP_INPUTS,
   UP_STATE, UP_OUTPUTS, up_initial and up_step. It imports nothing, so it runs wherever WebAssembly
   does. Arrays are in memory that the caller gets from `alloc`; pointers and sizes are 32 bits.
   Functions that can fail return 0 when done, 1 for a number out of range, 2 for steps that do not
   ascend within the run, 3 for memory exhausted. */

#include <math.h>
#include <stdbool.h>
#include <stdint.h>

#define EXPORT(name) __attribute__((export_name(#name)))
#define UP_NAN (__builtin_nan(""))
#define UP_INFINITY (__builtin_inf())

/* Both give NaN if either operand is NaN. */
static inline double up_max(double a, double b) { return __builtin_wasm_max_f64(a, b); }
static inline double up_min(double a, double b) { return __builtin_wasm_min_f64(a, b); }
static inline bool up_is_finite(double a) { return a - a == 0; }
static inline double up_sign(double a) { return a > 0 ? 1.0 : a < 0 ? -1.0 : a; }
static inline int64_t up_to_int(double a) {
    if (a != a) return 0;
    if (a >= 9223372036854775808.0) return INT64_MAX;
    return a <= -9223372036854775808.0 ? INT64_MIN : (int64_t)a;
}

/* e to the power a, to about one unit in the last place; half the time of the library's.
   With k = round(a / ln 2) and r = a - k ln 2 it is 2^k times a series in r, |r| < 0.35. */
static double up_exp(double a) {
    if (!(__builtin_fabs(a) < 708)) {
        if (a != a) return a;
        if (a > 710) return UP_INFINITY;
        if (a < -746) return 0;
        double root = up_exp(a / 2);
        return root * root;
    }
    /* Adding 1.5 x 2^52 rounds to a whole number, which is then in the lowest bits. */
    union { double number; uint64_t bits; } whole = {a * 1.4426950408889634 + 0x1.8p52}, scale;
    double k = whole.number - 0x1.8p52;
    double r = (a - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33;
    double r2 = r * r, r4 = r2 * r2;
    double low = (1.0 / 2 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120));
    double mid = (1.0 / 720 + r * (1.0 / 5040)) + r2 * (1.0 / 40320 + r * (1.0 / 362880));
    double high = (1.0 / 3628800 + r * (1.0 / 39916800)) +
                  r2 * (1.0 / 479001600 + r * (1.0 / 6227020800.0));
    double series = 1 + (r + r2 * (low + r4 * (mid + r4 * high)));
    scale.bits = (whole.bits + 1023) << 52;
    return series * scale.number;
}

#include "program.h"

/* ---- memory ---- */

extern unsigned char __heap_base;
static uint32_t top = 0;
enum { PAGE = 65536 };

/* Memory for this many bytes, aligned to 16; 0 if there is none. It is never zeroed. */
EXPORT(alloc) uint32_t alloc(uint32_t bytes) {
    uint64_t from = top ? top : (uint32_t)&__heap_base;
    from = (from + 15) & ~(uint64_t)15;
    uint64_t upto = from + bytes;
    uint64_t there = (uint64_t)__builtin_wasm_memory_size(0) * PAGE;
    if (upto > there) {
        uint64_t pages = (upto - there + PAGE - 1) / PAGE;
        if (upto > 0xffff0000u || __builtin_wasm_memory_grow(0, pages) == (size_t)-1) return 0;
    }
    top = (uint32_t)upto;
    return (uint32_t)from;
}

/* Gives back everything that `alloc` gave. */
EXPORT(reset) void reset(void) { top = 0; }

/* ---- running ---- */

static double now_u[UP_INPUTS + 1], now_y[UP_OUTPUTS + 1], held[2][UP_STATE + 1];
static int changing[UP_INPUTS + 1];

/* Runs every draw from first_step to last_step and writes the chosen outputs at chosen steps.

   inputs[i] at step k of draw d is inputs[i][k * step_strides[i] + d * draw_strides[i]].
   state_in (or 0: start from up_initial) and state_out (or 0) are [draw][state]; state_out is the
   state at last_step, so that a run from there continues to the bit.
   out_index: outputs first, then the state. out_steps ascend. out is [draw][output][instant]. */
EXPORT(run) int run(int n_draws, int first_step, int last_step, const double *const *inputs,
                    const int *step_strides, const int *draw_strides, const double *state_in,
                    double *state_out, int n_out, const int *out_index, int n_instants,
                    const int *out_steps, double *out) {
    int n_changing = 0;
    for (int i = 0; i < UP_INPUTS; i++)
        if (step_strides[i]) changing[n_changing++] = i;
    for (int o = 0; o < n_out; o++)
        if (out_index[o] < 0 || out_index[o] >= UP_OUTPUTS + UP_STATE) return 1;
    for (int j = 0; j < n_instants; j++)
        if (out_steps[j] > last_step || out_steps[j] < (j ? out_steps[j - 1] + 1 : first_step))
            return 2;
    for (int d = 0; d < n_draws; d++) {
        for (int i = 0; i < UP_INPUTS; i++)
            now_u[i] = inputs[i][first_step * step_strides[i] + d * draw_strides[i]];
        if (state_in)
            for (int s = 0; s < UP_STATE; s++) held[0][s] = state_in[d * UP_STATE + s];
        else
            up_initial(now_u, held[0]);
        /* up_step writes no state that never changes: both buffers have it from the start. */
        for (int s = 0; s < UP_STATE; s++) held[1][s] = held[0][s];
        double *x = held[0], *next = held[1];
        double *result = out + (int64_t)d * n_out * n_instants;
        int j = 0;
        for (int k = first_step;; k++) {
            for (int c = 0; c < n_changing; c++) {
                int i = changing[c];
                now_u[i] = inputs[i][k * step_strides[i] + d * draw_strides[i]];
            }
            bool wanted = j < n_instants && out_steps[j] == k;
            if (k < last_step || wanted) up_step(x, now_u, next, now_y);
            if (wanted) {
                for (int o = 0; o < n_out; o++) {
                    int at = out_index[o];
                    result[o * n_instants + j] = at < UP_OUTPUTS ? now_y[at] : x[at - UP_OUTPUTS];
                }
                j++;
            }
            if (k >= last_step) break;
            double *was = x;
            x = next;
            next = was;
        }
        if (state_out)
            for (int s = 0; s < UP_STATE; s++) state_out[d * UP_STATE + s] = x[s];
    }
    return 0;
}

/* ---- levers ---- */

enum { SCALE, CLOSE, ADD, REPLACE };

/* Bends rows of n steps, in place, along a ramp in [0, 1]; where the ramp is 0 nothing changes.

   change[r * change_stride] and ramp[r * ramp_stride + k] belong to row r (stride 0: one for all).
   SCALE v (1 + change r). CLOSE: a share moved toward 1, or toward 0 if change < 0.
   ADD v + change r. REPLACE: toward change, exactly change where the ramp is 1. */
EXPORT(bend) int bend(double *column, int n_rows, int n, int op, const double *change,
                      int change_stride, const double *ramp, int ramp_stride) {
    if (op < SCALE || op > REPLACE) return 1;
    for (int row = 0; row < n_rows; row++)
        for (int k = 0; k < n; k++) {
            double c = change[row * change_stride], r = ramp[row * ramp_stride + k];
            double *v = column + (int64_t)row * n + k;
            if (r == 0) continue;
            if (op == SCALE) *v = *v * (1 + c * r);
            else if (op == CLOSE) *v = c >= 0 ? *v + c * (1 - *v) * r : *v + c * *v * r;
            else if (op == ADD) *v = *v + c * r;
            else *v = r == 1 ? c : *v + (c - *v) * r;
        }
    return 0;
}

/* 0 until start, then up to 1 over duration, all in steps; duration 0: 1 from start on. */
EXPORT(ramp) void ramp(double *out, int n, double start, double duration) {
    for (int k = 0; k < n; k++)
        if (duration > 0) out[k] = up_min(up_max((k - start) / duration, 0), 1);
        else out[k] = k >= start;
}

/* 1 from start until before start + duration, in steps; 0 elsewhere. */
EXPORT(pulse) void pulse(double *out, int n, double start, double duration) {
    for (int k = 0; k < n; k++) out[k] = k >= start && k < start + duration;
}

/* ---- summaries ---- */

/* A counter at a fractional place of its row, linear within a step; NaN outside. */
static double counted(const double *counter, int n, double at) {
    if (!(at >= 0 && at <= n - 1)) return UP_NAN;
    int i = (int)at;
    double part = at - i;
    return part == 0 ? counter[i] : counter[i] + part * (counter[i + 1] - counter[i]);
}

/* What each counter gained from starts[p] to ends[p], in fractional steps.

   counter is [series][step], at consecutive steps from first_step; out is [series][period]. */
EXPORT(calendar_sums) void calendar_sums(const double *counter, int n_series, int n_steps,
                                         double first_step, const double *starts,
                                         const double *ends, int n_periods, double *out) {
    for (int s = 0; s < n_series; s++)
        for (int p = 0; p < n_periods; p++) {
            const double *row = counter + (int64_t)s * n_steps;
            out[s * n_periods + p] = counted(row, n_steps, ends[p] - first_step) -
                                     counted(row, n_steps, starts[p] - first_step);
        }
}

/* Sorts, in n log n steps whatever the order was; spare has as many numbers. */
static void sort(double *values, double *spare, int n) {
    if (n <= 16) {
        for (int i = 1; i < n; i++) {
            double v = values[i];
            int j = i;
            for (; j > 0 && values[j - 1] > v; j--) values[j] = values[j - 1];
            values[j] = v;
        }
        return;
    }
    int half = n / 2;
    sort(values, spare, half);
    sort(values + half, spare, n - half);
    for (int i = 0; i < half; i++) spare[i] = values[i];
    for (int i = 0, j = half, to = 0; i < half; to++)
        values[to] = j < n && values[j] < spare[i] ? values[j++] : spare[i++];
}

/* Quantiles of each column over the draws, linear between draws as numpy has them.

   values is [draw][column]; out is [prob][column]; a column with a NaN gives NaN. */
EXPORT(quantiles) int quantiles(const double *values, int n_draws, int n_columns,
                                const double *probs, int n_probs, double *out) {
    for (int p = 0; p < n_probs; p++)
        if (n_draws < 1 || !(probs[p] >= 0 && probs[p] <= 1)) return 1;
    uint32_t before = top;
    double *column = (double *)alloc((uint32_t)n_draws * 16);
    if (!column) return 3;
    for (int c = 0; c < n_columns; c++) {
        bool numbers = true;
        for (int d = 0; d < n_draws; d++) {
            column[d] = values[(int64_t)d * n_columns + c];
            numbers = numbers && column[d] == column[d];
        }
        if (numbers) sort(column, column + n_draws, n_draws);
        for (int p = 0; p < n_probs; p++) {
            double at = (n_draws - 1) * probs[p];
            int below = (int)at, above = below + 1;
            if (at >= n_draws - 1) below = above = n_draws - 1;
            double t = at - floor(at), step = column[above] - column[below];
            double between = t >= 0.5 ? column[above] - step * (1 - t) : column[below] + step * t;
            out[p * n_columns + c] = numbers ? between : UP_NAN;
        }
    }
    top = before;
    return 0;
}

/* Mean of each column over the draws of each regime; NaN if there are none.

   values is [draw][column]; labels below 0 or from n_regimes on belong to none; out is
   [regime][column]. */
EXPORT(split) void split(const double *values, int n_draws, int n_columns, const int *labels,
                         int n_regimes, double *out) {
    for (int g = 0; g < n_regimes; g++) {
        double *mean = out + (int64_t)g * n_columns;
        int members = 0;
        for (int c = 0; c < n_columns; c++) mean[c] = 0;
        for (int d = 0; d < n_draws; d++) {
            if (labels[d] != g) continue;
            members++;
            for (int c = 0; c < n_columns; c++) mean[c] += values[(int64_t)d * n_columns + c];
        }
        for (int c = 0; c < n_columns; c++) mean[c] = members ? mean[c] / members : UP_NAN;
    }
}
