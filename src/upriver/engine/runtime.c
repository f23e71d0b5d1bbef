/* Everything in the engine that is not an equation.

   One translation unit: this file includes the equations as program.h, which defines UP_INPUTS,
   UP_STATE, UP_OUTPUTS, up_initial, up_step and up_advance, and where some inputs have neutral
   values also UP_NEUTRAL and the same steps for these. It imports nothing, so it runs wherever
   WebAssembly does. Arrays are in memory that the caller gets from `alloc`; pointers and sizes are
   32 bits.
   Functions that can fail return 0 when done, 1 for a number out of range, 2 for steps that do not
   ascend within the run, 3 for memory exhausted. */

#include <math.h>
#include <stdbool.h>
#include <stdint.h>
#include <wasm_simd128.h>

#define EXPORT(name) __attribute__((export_name(#name)))
#define UP_NAN (__builtin_nan(""))
#define UP_INFINITY (__builtin_inf())

/* Two draws are computed at once, each in a lane; lanes never mix, so a draw's numbers do not depend
   on its neighbour. A truth is all ones or all zeros. */
typedef double up_pair __attribute__((vector_size(16)));
typedef int64_t up_whole __attribute__((vector_size(16)));
#define UP_PAIR(number) ((up_pair){(number), (number)})
#define UP_WHOLE(number) ((up_whole){(number), (number)})
#define LANES(result, expression)                     \
    for (int lane = 0; lane < 2; lane++) result[lane] = (expression); \
    return result

static inline up_whole up_choose_i(up_whole if_, up_whole a, up_whole b) {
    return (a & if_) | (b & ~if_);
}
static inline up_pair up_choose_f(up_whole if_, up_pair a, up_pair b) {
    return (up_pair)up_choose_i(if_, (up_whole)a, (up_whole)b);
}
static inline bool any(up_whole truth) { return truth[0] | truth[1]; }

/* Both give NaN if either operand is NaN. */
static inline up_pair up_max(up_pair a, up_pair b) {
    return (up_pair)wasm_f64x2_max((v128_t)a, (v128_t)b);
}
static inline up_pair up_min(up_pair a, up_pair b) {
    return (up_pair)wasm_f64x2_min((v128_t)a, (v128_t)b);
}
static inline up_pair up_abs(up_pair a) { return (up_pair)wasm_f64x2_abs((v128_t)a); }
static inline up_pair up_sqrt(up_pair a) { return (up_pair)wasm_f64x2_sqrt((v128_t)a); }
static inline up_pair up_floor(up_pair a) { return (up_pair)wasm_f64x2_floor((v128_t)a); }
static inline up_pair up_ceil(up_pair a) { return (up_pair)wasm_f64x2_ceil((v128_t)a); }
static inline up_whole up_is_finite(up_pair a) { return a - a == UP_PAIR(0.0); }
static inline up_pair up_one_if(up_whole truth) { return (up_pair)((up_whole)UP_PAIR(1.0) & truth); }
static inline up_pair up_sign(up_pair a) {
    up_pair negative = up_choose_f(a < UP_PAIR(0.0), UP_PAIR(-1.0), a);
    return up_choose_f(a > UP_PAIR(0.0), UP_PAIR(1.0), negative);
}
static inline int64_t to_int(double a) {
    if (a != a) return 0;
    if (a >= 9223372036854775808.0) return INT64_MAX;
    return a <= -9223372036854775808.0 ? INT64_MIN : (int64_t)a;
}
static inline up_whole up_to_int(up_pair a) { up_whole r; LANES(r, to_int(a[lane])); }
static inline up_pair up_to_float(up_whole a) { up_pair r; LANES(r, (double)a[lane]); }

/* The library's, a lane at a time. */
static up_pair up_log1p(up_pair a) { up_pair r; LANES(r, log1p(a[lane])); }
static up_pair up_expm1(up_pair a) { up_pair r; LANES(r, expm1(a[lane])); }
static up_pair up_tanh(up_pair a) { up_pair r; LANES(r, tanh(a[lane])); }
static up_pair up_erf(up_pair a) { up_pair r; LANES(r, erf(a[lane])); }
static up_pair up_erfc(up_pair a) { up_pair r; LANES(r, erfc(a[lane])); }
static up_pair up_pow(up_pair a, up_pair b) { up_pair r; LANES(r, pow(a[lane], b[lane])); }

/* e to the power a for |a| < 708, to about one unit in the last place.
   With k = round(a / ln 2) and r = a - k ln 2 it is 2^k times a series in r, |r| < 0.35. */
static inline up_pair exp_within(up_pair a) {
    /* Adding 1.5 x 2^52 rounds to a whole number, which is then in the lowest bits. */
    up_pair whole = a * 1.4426950408889634 + 0x1.8p52, k = whole - 0x1.8p52;
    up_pair r = (a - k * 0x1.62e42feep-1) - k * 0x1.a39ef35793c76p-33;
    up_pair r2 = r * r, r4 = r2 * r2;
    up_pair low = (1.0 / 2 + r * (1.0 / 6)) + r2 * (1.0 / 24 + r * (1.0 / 120));
    up_pair mid = (1.0 / 720 + r * (1.0 / 5040)) + r2 * (1.0 / 40320 + r * (1.0 / 362880));
    up_pair high = (1.0 / 3628800 + r * (1.0 / 39916800)) +
                   r2 * (1.0 / 479001600 + r * (1.0 / 6227020800.0));
    up_pair series = 1.0 + (r + r2 * (low + r4 * (mid + r4 * high)));
    up_whole scale = ((up_whole)whole + 1023) << 52;
    return series * (up_pair)scale;
}

/* e to the power a. Lanes near the ends of what a double holds go by half the power. */
static __attribute__((noinline)) up_pair up_exp(up_pair a) {
    up_whole far = ~(up_abs(a) < UP_PAIR(708.0));
    if (!any(far)) return exp_within(a);
    up_whole over = a > UP_PAIR(710.0), under = a < UP_PAIR(-746.0), number = a == a;
    up_pair safe = up_choose_f(over | under | ~number, UP_PAIR(0.0), a);
    up_pair power = exp_within(up_choose_f(far, safe * 0.5, a));
    power = up_choose_f(far, power * power, power);
    power = up_choose_f(over, UP_PAIR(UP_INFINITY), up_choose_f(under, UP_PAIR(0.0), power));
    return up_choose_f(number, power, a);
}

/* The natural logarithm of a normal number, to about two units in the last place.
   With a = m 2^k, m between the roots of 1/2 and 2, and s = (m - 1) / (m + 1), it is
   k ln 2 + 2 (s + s^3 / 3 + s^5 / 5 + ...), |s| < 0.172. */
static inline up_pair log_normal(up_pair a) {
    /* Subtracting the bits of the root of 1/2 brings the exponent of m to -1 or 0. */
    up_whole exponent = ((up_whole)a - 0x3fe6a09e667f3bcdLL) >> 52;
    up_pair m = (up_pair)((up_whole)a - (exponent << 52));
    up_pair k = (up_pair)(exponent + (up_whole)UP_PAIR(0x1.8p52)) - 0x1.8p52;
    up_pair f = m - 1.0, s = f / (2.0 + f), z = s * s, z2 = z * z, z4 = z2 * z2;
    up_pair low = (2.0 / 3 + z * (2.0 / 5)) + z2 * (2.0 / 7 + z * (2.0 / 9));
    up_pair mid = (2.0 / 11 + z * (2.0 / 13)) + z2 * (2.0 / 15 + z * (2.0 / 17));
    up_pair high = (2.0 / 19 + z * (2.0 / 21)) + z2 * (2.0 / 23);
    up_pair tail = s * z * (low + z4 * (mid + z4 * high));
    return k * 0x1.62e42feep-1 + (2.0 * s + (tail + k * 0x1.a39ef35793c76p-33));
}

/* The natural logarithm: NaN below 0, minus infinity at 0. */
static __attribute__((noinline)) up_pair up_log(up_pair a) {
    up_whole normal = (a >= UP_PAIR(0x1p-1022)) & (a < UP_PAIR(UP_INFINITY));
    if (!any(~normal)) return log_normal(a);
    up_whole small = (a > UP_PAIR(0.0)) & (a < UP_PAIR(0x1p-1022));
    up_pair safe = up_choose_f(normal | small, up_choose_f(small, a * 0x1p54, a), UP_PAIR(1.0));
    up_pair result = log_normal(safe);
    result = up_choose_f(small, result - 54 * 0.6931471805599453, result);
    result = up_choose_f(a == UP_PAIR(0.0), UP_PAIR(-UP_INFINITY), result);
    result = up_choose_f(a < UP_PAIR(0.0), UP_PAIR(UP_NAN), result);
    return up_choose_f((a != a) | (a == UP_PAIR(UP_INFINITY)), a, result);
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

static up_pair now_u[UP_INPUTS + 1], now_y[UP_OUTPUTS + 1], held[2][UP_STATE + 1];
static int changing[UP_INPUTS + 1];

#ifdef UP_NEUTRAL
/* Whether both draws have the neutral values throughout, to the bit: -0 is not 0. */
static bool stays_neutral(const int *step_strides) {
    for (int n = 0; n < UP_NEUTRAL; n++) {
        int i = up_neutral_input[n];
        if (step_strides[i] || any((up_whole)now_u[i] ^ (up_whole)UP_PAIR(up_neutral_value[n])))
            return false;
    }
    return true;
}
#else
#define up_step_neutral up_step
#define up_advance_neutral up_advance
static inline bool stays_neutral(const int *step_strides) { return false; }
#endif

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
    for (int d = 0; d < n_draws; d += 2) {
        /* An odd last draw stands in both lanes and is written once. */
        int lanes = d + 1 < n_draws ? 2 : 1, e = d + lanes - 1;
        for (int i = 0; i < UP_INPUTS; i++) {
            const double *from = inputs[i] + first_step * step_strides[i];
            now_u[i] = (up_pair){from[d * draw_strides[i]], from[e * draw_strides[i]]};
        }
        if (state_in)
            for (int s = 0; s < UP_STATE; s++)
                held[0][s] = (up_pair){state_in[d * UP_STATE + s], state_in[e * UP_STATE + s]};
        else
            up_initial(now_u, held[0]);
        /* A step writes no state that it never changes: both buffers have it from the start. The
           choice of the step holds for the run, so that it is always the same states. */
        for (int s = 0; s < UP_STATE; s++) held[1][s] = held[0][s];
        bool neutral = stays_neutral(step_strides);
        up_pair *x = held[0], *next = held[1];
        int64_t size = (int64_t)n_out * n_instants;
        double *result = out + d * size;
        int j = 0;
        for (int k = first_step;; k++) {
            for (int c = 0; c < n_changing; c++) {
                int i = changing[c];
                const double *from = inputs[i] + k * step_strides[i];
                now_u[i] = (up_pair){from[d * draw_strides[i]], from[e * draw_strides[i]]};
            }
            bool wanted = j < n_instants && out_steps[j] == k;
            if (wanted) {
                if (neutral) up_step_neutral(x, now_u, next, now_y);
                else up_step(x, now_u, next, now_y);
            } else if (k < last_step) {
                if (neutral) up_advance_neutral(x, now_u, next);
                else up_advance(x, now_u, next);
            }
            if (wanted) {
                for (int o = 0; o < n_out; o++) {
                    int at = out_index[o];
                    up_pair value = at < UP_OUTPUTS ? now_y[at] : x[at - UP_OUTPUTS];
                    for (int lane = 0; lane < lanes; lane++)
                        result[lane * size + o * n_instants + j] = value[lane];
                }
                j++;
            }
            if (k >= last_step) break;
            up_pair *was = x;
            x = next;
            next = was;
        }
        if (state_out)
            for (int s = 0; s < UP_STATE; s++)
                for (int lane = 0; lane < lanes; lane++)
                    state_out[(d + lane) * UP_STATE + s] = x[s][lane];
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
    for (int k = 0; k < n; k++) {
        double r = duration > 0 ? (k - start) / duration : k >= start;
        out[k] = r < 0 ? 0 : r > 1 ? 1 : r;
    }
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
