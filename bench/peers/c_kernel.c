/* The limit: workload.md by hand, for exactly these rules. One small loop over the facts of one enterprise at a time, tables for titles,
 * no allocation inside it, integers throughout. Threads take blocks of enterprises; a first pass counts lines, so that all threads write
 * into one set of columns, in the order of the reference engine (enterprise, measure, day, number; lines without a measure last).
 *
 * Built by c_kernel.py: cc -O3 -march=native -shared -fPIC -pthread. */

#include <pthread.h>
#include <stdint.h>

enum { PAYABLE, NOT_HIGHEST, OVER_LIMIT, INELIGIBLE, NOT_IN_FORCE, UNDECIDED, UNKNOWN };
enum { NO_ROW, GIVES, FIRST_ONLY, OTHER_ROUND };
enum { UNLIMITED, ONE_A_YEAR, ONE_EVER, SUM_EVER, SUM_A_YEAR };
enum { B, A };
enum { BLOCK = 8192, MOST_FACTS = 24, MOST_LINES = 2 * MOST_FACTS, MOST_GROUPS = 32 * 3 };

/* Everything that the rules say, filled by Python (c_kernel.py mirrors these structures field by field). */
typedef struct {
    int64_t fen, limit_fen;
    int8_t measure, row, way, limit, wants_factory, wants_software, may_be_barred, unused;
} Title;

typedef struct {
    int64_t threshold_fen, cap_fen;
    int32_t bp;
    int8_t measure, row;
    int16_t unused;
} Project;

typedef struct {
    Title titles[2][2][64];
    Project projects[2][8];
    uint64_t first_bit[64];
    int8_t is_factory[64], title_lines[64], project_lines[8];
    int32_t first_day[2], last_day[2], second_year, third_year;
} Rules;

typedef struct {
    const int8_t *size;
    const int32_t *recognition_start, *project_start, *support_start;
    const int16_t *title;
    const int8_t *round;
    const int32_t *recognition_day, *recognition_number;
    const int8_t *category;
    const int64_t *invested_fen;
    const int32_t *project_day;
    const int8_t *existing;
    const int32_t *project_number;
    const int32_t *about;
    const int8_t *level;
    int64_t enterprises, first;
} Input;

typedef struct {
    int32_t *restrict enterprise;
    int8_t *restrict measure, *restrict row;
    int32_t *restrict fact;
    int8_t *restrict outcome;
    int64_t *restrict ceiling_fen, *restrict amount_fen, *restrict city_fen, *restrict county_fen;
} Output;

typedef struct {
    int64_t ceiling, amount;
    int32_t fact;
    int8_t measure, row, outcome;
} Line;

typedef struct {
    const Rules *rules;
    const Input *in;
    const Output *out;
    int64_t *block_lines;
    int64_t next_block;
    void (*work)(const Rules *, const Input *, const Output *, int64_t *, int64_t);
} Job;

static inline int year_of(const Rules *rules, int32_t day) { return (day >= rules->second_year) + (day >= rules->third_year); }

static inline int in_force(const Rules *rules, int document, int32_t day) {
    return (day >= rules->first_day[document]) & (day <= rules->last_day[document]);
}

/* Whether state or province support a fact: few enterprises have any support at all. */
static inline int is_supported(const Input *in, int32_t from, int32_t to, int32_t number) {
    for (int32_t each = from; each < to; each++)
        if (in->about[each] == number && in->level[each] > 0) return 1;
    return 0;
}

/* The places of n facts in the order of time: each fact's rank is counted, which mispredicts nothing. Facts come by number. */
static inline void by_time(const int32_t *day, int n, int8_t *order) {
    for (int each = 0; each < n; each++) {
        int rank = 0;
        for (int other = 0; other < each; other++) rank += day[other] <= day[each];
        for (int other = each + 1; other < n; other++) rank += day[other] < day[each];
        order[rank] = (int8_t)each;
    }
}

typedef struct {
    Line lines[MOST_LINES];
    int count;
    uint64_t first_seen;
    int32_t factory_day;
    /* Sums used up, and the best line so far of a count, per limited measure and year; a stamp tells whose they are. */
    int64_t used[MOST_GROUPS];
    int32_t best[MOST_GROUPS];
    int64_t stamp[MOST_GROUPS];
} Desk;

static inline Line *add_line(Desk *desk, int measure, int row, int32_t fact, int outcome, int64_t ceiling, int64_t amount) {
    Line *line = &desk->lines[desk->count++];
    *line = (Line){ceiling, amount, fact, (int8_t)measure, (int8_t)row, (int8_t)outcome};
    return line;
}

/* An award that is alive, under its measure's own limit. */
static inline void limit_line(const Rules *rules, Desk *desk, const Title *title, Line *line, int32_t day, int64_t enterprise) {
    if (title->limit == UNLIMITED) return;
    int a_year = title->limit == ONE_A_YEAR || title->limit == SUM_A_YEAR;
    int group = title->measure * 3 + (a_year ? year_of(rules, day) : 0);
    int is_new = desk->stamp[group] != enterprise;
    int here = (int)(line - desk->lines);
    desk->stamp[group] = enterprise;
    if (title->limit == ONE_A_YEAR || title->limit == ONE_EVER) {
        if (!is_new && desk->lines[desk->best[group]].ceiling >= line->ceiling) {
            line->outcome = OVER_LIMIT, line->amount = 0;
            return;
        }
        if (!is_new) {
            Line *beaten = &desk->lines[desk->best[group]];
            beaten->outcome = OVER_LIMIT, beaten->amount = 0;
        }
        desk->best[group] = here;
        return;
    }
    int64_t left = title->limit_fen - (is_new ? 0 : desk->used[group]);
    line->amount = line->ceiling < left ? line->ceiling : left;
    if (line->amount == 0) line->outcome = OVER_LIMIT;
    desk->used[group] = title->limit_fen - left + line->amount;
}

/* A recognition under one document: its line, and whether it is alive. Selects instead of branches: nothing here can be foreseen. */
static inline int decide_title(const Rules *rules, const Input *in, Desk *desk, const Title *title, int document, int32_t day,
                               int32_t number, int64_t e, int supported) {
    int no = (title->way == NO_ROW) | (title->way == OTHER_ROUND) | ((title->way == FIRST_ONLY) & (desk->first_seen >> (title->row & 63)));
    no |= title->wants_factory & (desk->factory_day > day);
    no |= title->wants_software & (in->size[e] != 1);
    int late = !in_force(rules, document, day), barred = supported & title->may_be_barred;
    int alive = !(no | late | barred);
    int outcome = no ? INELIGIBLE : late ? NOT_IN_FORCE : barred ? INELIGIBLE : PAYABLE;
    Line *line = add_line(desk, title->measure, title->row, number, outcome, no ? -1 : title->fen, alive ? title->fen : 0);
    if (title->limit != UNLIMITED && alive) limit_line(rules, desk, title, line, day, e);
    return alive;
}

static inline void decide_recognitions(const Rules *rules, const Input *in, Desk *desk, int64_t e, int32_t from, int n) {
    int8_t order[MOST_FACTS];
    const int32_t *days = in->recognition_day + from;
    int32_t sup_from = in->support_start[e], sup_to = in->support_start[e + 1];
    by_time(days, n, order);
    desk->first_seen = 0;
    desk->factory_day = INT32_MAX;
    for (int each = 0; each < n; each++) {
        int32_t day = rules->is_factory[in->title[from + each]] ? days[each] : INT32_MAX;
        desk->factory_day = day < desk->factory_day ? day : desk->factory_day;
    }
    for (int place = 0; place < n; place++) {
        int32_t fact = from + order[place], number = in->recognition_number[fact], day = in->recognition_day[fact];
        int title = in->title[fact], round = in->round[fact];
        const Title *in_b = &rules->titles[B][round][title], *in_a = &rules->titles[A][round][title];
        int supported = sup_from < sup_to && in_b->measure >= 0 && is_supported(in, sup_from, sup_to, number);
        int alive = 0, both = in_b->measure >= 0 && in_a->measure >= 0;
        if (in_b->measure >= 0) alive += decide_title(rules, in, desk, in_b, B, day, number, e, supported);
        if (in_a->measure >= 0) alive += decide_title(rules, in, desk, in_a, A, day, number, e, 0);
        else if (in_b->measure < 0) add_line(desk, -1, -1, number, INELIGIBLE, -1, 0);
        if (both && alive == 2) {
            Line *one = &desk->lines[desk->count - 2], *two = one + 1, *beaten = one->ceiling >= two->ceiling ? two : one;
            beaten->outcome = NOT_HIGHEST, beaten->amount = 0;
        }
        desk->first_seen |= rules->first_bit[title];
    }
}

/* A project under one document: its line, and whether it goes into the choice. */
static inline Line *decide_project(const Rules *rules, Desk *desk, const Project *way, int document, int64_t invested, int32_t day,
                                   int32_t number, int is_out, int is_barred) {
    if (way->row < 0 || is_out || (invested >= 0 && invested < way->threshold_fen))
        return add_line(desk, way->measure, way->row, number, INELIGIBLE, -1, 0), (Line *)0;
    int64_t ceiling = -1;
    if (invested >= 0) {
        ceiling = invested * way->bp / 10000;
        if (ceiling > way->cap_fen) ceiling = way->cap_fen;
    }
    if (!in_force(rules, document, day)) return add_line(desk, way->measure, way->row, number, NOT_IN_FORCE, ceiling, 0), (Line *)0;
    if (is_barred) return add_line(desk, way->measure, way->row, number, INELIGIBLE, ceiling, 0), (Line *)0;
    if (invested < 0) return add_line(desk, way->measure, way->row, number, UNKNOWN, -1, -1), (Line *)0;
    return add_line(desk, way->measure, way->row, number, PAYABLE, ceiling, ceiling);
}

static inline void decide_projects(const Rules *rules, const Input *in, Desk *desk, int64_t e, int32_t from, int n) {
    int8_t order[MOST_FACTS];
    Line *in_a[MOST_FACTS], *in_b[MOST_FACTS];
    int8_t year[MOST_FACTS];
    int best[3] = {-1, -1, -1};
    int64_t best_gain[3] = {0, 0, 0};
    int32_t sup_from = in->support_start[e], sup_to = in->support_start[e + 1];
    by_time(in->project_day + from, n, order);
    for (int place = 0; place < n; place++) {
        int32_t fact = from + order[place], number = in->project_number[fact], day = in->project_day[fact];
        int category = in->category[fact], supported = sup_from < sup_to && is_supported(in, sup_from, sup_to, number);
        int64_t invested = in->invested_fen[fact];
        const Project *way = &rules->projects[A][category];
        in_a[place] = 0;
        in_b[place] = decide_project(rules, desk, &rules->projects[B][category], B, invested, day, number, 0, supported);
        if (way->measure < 0) continue;
        in_a[place] = decide_project(rules, desk, way, A, invested, day, number, (!in->existing[fact]) | supported, 0);
        if (!in_a[place]) continue;
        int y = year[place] = (int8_t)year_of(rules, day);
        int64_t gain = in_a[place]->ceiling - (in_b[place] ? in_b[place]->ceiling : 0);
        /* Of equal gains: without a living B43 before with one; then the first, or with one the last. */
        int wins = gain > best_gain[y];
        if (!wins && best[y] >= 0 && gain == best_gain[y]) wins = in_b[best[y]] != 0;
        if (wins) best[y] = place, best_gain[y] = gain;
    }
    for (int place = 0; place < n; place++) {
        if (!in_a[place]) continue;
        if (best[year[place]] == place) {
            if (in_b[place]) in_b[place]->outcome = NOT_HIGHEST, in_b[place]->amount = 0;
        } else {
            in_a[place]->outcome = in_b[place] ? NOT_HIGHEST : OVER_LIMIT, in_a[place]->amount = 0;
        }
    }
}

/* The lines of one enterprise in document order: each goes to its rank. They are in the order of time; those without a measure go
 * last, by number. */
static inline int64_t write_lines(Output out, const Desk *desk, int64_t enterprise, int64_t at) {
    uint64_t keys[MOST_LINES];
    int count = desk->count;
    for (int each = 0; each < count; each++) {
        const Line *line = &desk->lines[each];
        uint64_t measure = (uint8_t)line->measure;
        keys[each] = measure << 32 | (measure == 255 ? (uint32_t)line->fact : (uint32_t)each);
    }
    for (int each = 0; each < count; each++) {
        const Line *line = &desk->lines[each];
        int is_given = line->outcome == PAYABLE;
        int64_t city = line->amount * 3 / 10, place = at;
        for (int other = 0; other < count; other++) place += keys[other] < keys[each];
        out.enterprise[place] = (int32_t)enterprise;
        out.measure[place] = line->measure;
        out.row[place] = line->row;
        out.fact[place] = line->fact;
        out.outcome[place] = line->outcome;
        out.ceiling_fen[place] = line->ceiling;
        out.amount_fen[place] = line->amount;
        out.city_fen[place] = is_given ? city : -1;
        out.county_fen[place] = is_given ? line->amount - city : -1;
    }
    return at + count;
}

static void bounds(const Input *in, int64_t block, int64_t *first, int64_t *last) {
    *first = block * BLOCK;
    *last = *first + BLOCK < in->enterprises ? *first + BLOCK : in->enterprises;
}

static void count_block(const Rules *rules, const Input *in, const Output *out, int64_t *block_lines, int64_t block) {
    int64_t first, last, lines = 0;
    (void)out;
    bounds(in, block, &first, &last);
    for (int32_t fact = in->recognition_start[first]; fact < in->recognition_start[last]; fact++) lines += rules->title_lines[in->title[fact]];
    for (int32_t fact = in->project_start[first]; fact < in->project_start[last]; fact++) lines += rules->project_lines[in->category[fact]];
    block_lines[block] = lines;
}

static void decide_block(const Rules *rules, const Input *input, const Output *output, int64_t *block_lines, int64_t block) {
    /* Copies that nothing else points to: a store of one byte may otherwise change any pointer, as far as the compiler can tell. */
    const Input in = *input;
    const Output out = *output;
    int64_t first, last, at = block_lines[block];
    Desk desk;
    for (int each = 0; each < MOST_GROUPS; each++) desk.stamp[each] = -1;
    bounds(input, block, &first, &last);
    for (int64_t e = first; e < last; e++) {
        int32_t from = in.recognition_start[e], to = in.recognition_start[e + 1];
        int32_t project_from = in.project_start[e], project_to = in.project_start[e + 1];
        desk.count = 0;
        if (from < to) decide_recognitions(rules, &in, &desk, e, from, to - from);
        if (project_from < project_to) decide_projects(rules, &in, &desk, e, project_from, project_to - project_from);
        at = write_lines(out, &desk, in.first + e, at);
    }
}

static void *take_blocks(void *argument) {
    Job *job = argument;
    int64_t blocks = (job->in->enterprises + BLOCK - 1) / BLOCK;
    for (;;) {
        int64_t block = __atomic_fetch_add(&job->next_block, 1, __ATOMIC_RELAXED);
        if (block >= blocks) return 0;
        job->work(job->rules, job->in, job->out, job->block_lines, block);
    }
}

static void run_blocks(Job *job, int threads) {
    pthread_t others[64];
    int started = 0;
    while (started < threads - 1 && started < 64 && !pthread_create(&others[started], 0, take_blocks, job)) started++;
    take_blocks(job);
    while (started > 0) pthread_join(others[--started], 0);
}

/* How many lines there will be; block_lines becomes the place of each block's first line. */
int64_t count_lines(const Rules *rules, const Input *in, int64_t *block_lines, int threads) {
    Job job = {rules, in, 0, block_lines, 0, count_block};
    run_blocks(&job, threads);
    int64_t total = 0, blocks = (in->enterprises + BLOCK - 1) / BLOCK;
    for (int64_t block = 0; block < blocks; block++) {
        int64_t lines = block_lines[block];
        block_lines[block] = total;
        total += lines;
    }
    return total;
}

void decide(const Rules *rules, const Input *in, const Output *out, int64_t *block_lines, int threads) {
    Job job = {rules, in, out, block_lines, 0, decide_block};
    run_blocks(&job, threads);
}
