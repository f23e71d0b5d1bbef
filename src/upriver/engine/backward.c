/* Slopes of a run: of a weighted sum of its outputs, in its inputs.

   This file is put behind the equations and `up_back`, the slopes of a step, and `up_back_initial`,
   those of the start. A run goes forward and keeps its states, then backward, and adds up. */

enum { UP_MOST_STEPS = 1024 };

static up_pair kept_x[(UP_MOST_STEPS + 1) * (UP_STATE + 1)], back_x[2][UP_STATE + 1];
static up_pair back_u[UP_INPUTS + 1], slope_u[UP_INPUTS + 1];
static up_pair sum_u[2 * UP_INPUTS + 1];
static up_pair weight_y[UP_OUTPUTS + UP_STATE + 1];

static void up_read(int k, int d, int e, bool all, const double *const *inputs,
                    const int *step_strides, const int *draw_strides) {
    for (int i = 0; i < UP_INPUTS; i++) {
        if (!all && !step_strides[i]) continue;
        const double *from = inputs[i] + k * step_strides[i];
        back_u[i] = (up_pair){from[d * draw_strides[i]], from[e * draw_strides[i]]};
    }
}

/* Runs every draw from the start to last_step and gives slopes of the sum of weights times outputs.

   inputs and strides are as in `run`. out_index: outputs first, then the state; weights are
   [draw][output][step 0 to last_step]. in_index: the inputs whose slopes are wanted; result is
   [draw][input], summed over steps. Of the first n_time of them slopes are kept by step as well:
   by_step is [draw][input][step 0 to last_step]. */
EXPORT(slopes) int slopes(int n_draws, int last_step, const double *const *inputs,
                          const int *step_strides, const int *draw_strides, int n_out,
                          const int *out_index, const double *weights, int n_in,
                          const int *in_index, int n_time, double *result, double *by_step) {
    if (last_step < 0 || last_step > UP_MOST_STEPS || n_in > 2 * UP_INPUTS || n_time > n_in) return 1;
    for (int o = 0; o < n_out; o++)
        if (out_index[o] < 0 || out_index[o] >= UP_OUTPUTS + UP_STATE) return 1;
    for (int j = 0; j < n_in; j++)
        if (in_index[j] < 0 || in_index[j] >= UP_INPUTS) return 1;
    int64_t steps = last_step + 1;
    for (int d = 0; d < n_draws; d += 2) {
        int lanes = d + 1 < n_draws ? 2 : 1, e = d + lanes - 1;
        up_read(0, d, e, true, inputs, step_strides, draw_strides);
        up_initial(back_u, kept_x);
        for (int k = 0; k < last_step; k++) {
            up_pair *x = kept_x + k * UP_STATE, *next = x + UP_STATE;
            for (int s = 0; s < UP_STATE; s++) next[s] = x[s];
            if (k) up_read(k, d, e, false, inputs, step_strides, draw_strides);
            up_advance(x, back_u, next);
        }
        up_pair *later = back_x[0], *now = back_x[1];
        for (int s = 0; s < UP_STATE; s++) later[s] = UP_PAIR(0.0);
        for (int j = 0; j < n_in; j++) sum_u[j] = UP_PAIR(0.0);
        for (int o = 0; o < UP_OUTPUTS + UP_STATE; o++) weight_y[o] = UP_PAIR(0.0);
        for (int k = last_step; k >= -1; k--) {
            if (k >= 0) {
                up_read(k, d, e, false, inputs, step_strides, draw_strides);
                for (int o = 0; o < n_out; o++)
                    weight_y[out_index[o]] = (up_pair){weights[(d * (int64_t)n_out + o) * steps + k],
                                                       weights[(e * (int64_t)n_out + o) * steps + k]};
                up_back(kept_x + k * UP_STATE, back_u, later, weight_y, now, slope_u);
            } else {
                up_back_initial(back_u, later, slope_u);
            }
            for (int j = 0; j < n_in; j++) sum_u[j] += slope_u[in_index[j]];
            for (int j = 0; j < n_time; j++)
                for (int lane = 0; lane < lanes; lane++) {
                    double *to = by_step + ((d + lane) * (int64_t)n_time + j) * steps;
                    if (k >= 0) to[k] = slope_u[in_index[j]][lane];
                    else to[0] += slope_u[in_index[j]][lane];
                }
            up_pair *was = later;
            later = now;
            now = was;
        }
        for (int j = 0; j < n_in; j++)
            for (int lane = 0; lane < lanes; lane++)
                result[(d + lane) * (int64_t)n_in + j] = sum_u[j][lane];
    }
    return 0;
}
