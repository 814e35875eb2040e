#include "pay/work_out.h"

#include "pay/activity.h"
#include "pay/draft.h"
#include "pay/exceptions.h"
#include "pay/pots.h"
#include "pay/settle.h"
#include "pay/unusual.h"

#include "base/poison.h"

/* The pot of a scheme, while it is shared. */
typedef struct {
    const Working *working;
    GArray *drafts; /* of Draft: the contracts of the scheme */
    const Clause *pot;
    Money amount;
    PotShare *shares; /* one for each of drafts */
} Sharing;

/* Works the pot out over what contracts have earned by the run's month or the one before. false
 * after a fault. */
static bool
share_pot(const Sharing *sharing, bool is_before)
{
    const Working *working = sharing->working;
    guint count = sharing->drafts->len;
    for (guint i = 0; i < count; i++) {
        const Draft *draft = &g_array_index(sharing->drafts, Draft, i);
        const Standing *standing = &working->standings[draft->contract.key];
        PotShare *share = &sharing->shares[i];
        share->part = draft_is_held(draft) ? POT_KEEPS : POT_SHARES;
        share->amount = is_before ? standing->before : standing->now;
        if (share->part == POT_KEEPS)
            share->amount = draft->contract.paid;
        if (!draft->contract.touches_year)
            share->part = POT_APART;
    }
    return pot_share(sharing->pot, sharing->amount, working->pack->period.is_year_end,
                     sharing->shares, count);
}

/* What the pot would leave to a contract that a person stopped, if he had not. */
static bool
share_freed(const Sharing *sharing, guint at)
{
    Draft *draft = &g_array_index(sharing->drafts, Draft, at);
    guint stop = draft->stop;
    draft->stop = 0;
    bool fits = share_pot(sharing, false);
    draft->stop = stop;
    draft->pot.amount = sharing->shares[at].effect;
    return fits;
}

static bool
share_earlier(const Sharing *sharing)
{
    if (sharing->working->pack->period.is_year_end)
        return true;
    if (!share_pot(sharing, true))
        return false;
    for (guint i = 0; i < sharing->drafts->len; i++) {
        Draft *draft = &g_array_index(sharing->drafts, Draft, i);
        Standing *standing = &sharing->working->standings[draft->contract.key];
        Money effect = sharing->shares[i].effect;
        if (!money_add(draft->before, effect, &draft->before) ||
            !money_add(standing->before, effect, &standing->before))
            return false;
    }
    return true;
}

/* Shares the pot of a scheme: each contract receives its effect, as a line. */
static bool
share_all(const Sharing *sharing, guint32 rule)
{
    const Working *working = sharing->working;
    for (guint i = 0; i < sharing->drafts->len; i++) {
        Draft *draft = &g_array_index(sharing->drafts, Draft, i);
        draft->pot = (Line){.contract = draft->number,
                            .kind = LINE_LIMIT,
                            .item = sharing->pot->code,
                            .month = working->pack->period.month,
                            .has_rate = true,
                            .rule = rule,
                            .place = PLACE_NONE};
        draft->pot.rate = sharing->amount.pence * (MICROS_PER_UNIT / 100); /* below 10^18 */
        if (draft->stop > 0 && draft->contract.held == REASON_NONE && !share_freed(sharing, i))
            return false;
    }
    if (!share_earlier(sharing) || !share_pot(sharing, false))
        return false;
    for (guint i = 0; i < sharing->drafts->len; i++) {
        Draft *draft = &g_array_index(sharing->drafts, Draft, i);
        Standing *standing = &working->standings[draft->contract.key];
        if (draft_is_held(draft))
            continue;
        draft->pot.amount = sharing->shares[i].effect;
        if (draft->pot.amount.pence != 0 &&
            !working_check(working, &draft->contract, sharing->amount, "the pot"))
            return true;
        if (!money_add(standing->now, draft->pot.amount, &standing->now))
            return false;
    }
    return true;
}

static void
share_scheme(Working *working, GArray *drafts)
{
    guint32 rule;
    const Contract *first = &g_array_index(drafts, Draft, 0).contract;
    const Clause *pot = pot_of(working->pack->rules, first->scheme, &rule);
    if (pot == NULL)
        return;
    g_autofree PotShare *shares = g_new0(PotShare, drafts->len);
    Sharing sharing = {working, drafts, pot, {0}, shares};
    if (!pot_amount(pot, first->scheme, &sharing.amount) || !share_all(&sharing, rule))
        working_refuse_contract(working, first, "what the pot leaves");
}

/* Works out the contracts of one scheme, from *key on, which moves behind them. */
static void
add_scheme(Working *working, guint32 *key)
{
    const Contracts *contracts = working->pack->contracts;
    guint32 scheme = contracts_key(contracts, *key)->scheme;
    g_autoptr(GArray) drafts = g_array_new(FALSE, FALSE, sizeof(Draft));
    g_array_set_size(working->lines, 0);
    for (; *key < contracts_count(contracts) && contracts_key(contracts, *key)->scheme == scheme;
         ++*key) {
        Draft draft;
        working->number = working->result->contracts->len + drafts->len;
        if (draft_begin(working, *key, &draft))
            g_array_append_val(drafts, draft);
    }
    if (drafts->len > 0)
        share_scheme(working, drafts);
    for (guint i = 0; i < drafts->len; i++)
        draft_end(working, &g_array_index(drafts, Draft, i));
}

Result *
work_out_pack(const Pack *pack, Faults *faults, GError **error)
{
    g_autoptr(Result) result = g_new0(Result, 1);
    result->pack = pack;
    result->contracts = g_array_new(FALSE, FALSE, sizeof(Contract));
    result->lines = g_array_new(FALSE, FALSE, sizeof(Line));
    result->exceptions = g_array_new(FALSE, FALSE, sizeof(ExceptionEntry));
    result->activity_sums = g_array_new(FALSE, FALSE, sizeof(ActivitySum));
    result->submissions = g_array_new(FALSE, FALSE, sizeof(SubmissionPart));
    result->steps = g_array_new(FALSE, FALSE, sizeof(ClauseStep));
    result->unusual = g_array_new(FALSE, FALSE, sizeof(Unusual));
    g_autoptr(GArray) lines = g_array_new(FALSE, FALSE, sizeof(Line));
    g_autoptr(GArray) earlier = g_array_new(FALSE, FALSE, sizeof(Line));
    g_autoptr(GArray) lacks = g_array_new(FALSE, FALSE, sizeof(ExceptionEntry));
    g_autofree Standing *standings = g_new0(Standing, contracts_count(pack->contracts));
    Working working = {.pack = pack,
                       .result = result,
                       .faults = faults,
                       .lines = lines,
                       .earlier = earlier,
                       .lacks = lacks,
                       .standings = standings};
    draft_prepare(&working);
    for (guint32 key = 0; key < contracts_count(pack->contracts);)
        add_scheme(&working, &key);
    settle_contracts(&working);
    if (pack->assumed == NULL) {
        unusual_find(result);
        exceptions_list(&working);
    }
    g_clear_pointer(&working.counted, g_array_unref);
    return faults_pass(faults, error) ? g_steal_pointer(&result) : NULL;
}
