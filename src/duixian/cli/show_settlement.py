"""What becomes of every award of a document (去向): how long it holds, what bars it, what is paid once, who pays."""

from __future__ import annotations

from duixian.cli.rule_words import RuleWords, condition_words
from duixian.rules.policy import Policy, ShareRule


def settling_clauses(policy: Policy) -> frozenset[str]:
    """The clauses in which these rules stand."""
    paid_once = [policy.cumulation.clause] if policy.cumulation else []
    barred, shared = [each.clause for each in policy.exclusions], [each.clause for each in policy.shares]
    return frozenset({policy.validity.clause, *paid_once, *barred, *shared})


def show_settlement(words: RuleWords, policy: Policy) -> None:
    """Show the rules of the whole document, each with its clause."""
    screen, validity = words.screen, policy.validity
    screen.say("show.settlement", style="bold", document=policy.number)
    screen.say(
        "show.validity",
        clause=validity.clause,
        first=words.decided(validity.first_day, str),
        last=words.decided(validity.last_day, str),
    )
    for bar in policy.exclusions:
        exempt = words.decided(bar.exempt, lambda rows: "、".join(sorted(rows)) or screen.words("show.none"))
        condition = condition_words(bar.condition.text)
        screen.say("show.exclusion", clause=bar.clause, name=bar.name, condition=condition, exempt=exempt)
    if policy.cumulation:
        rule = policy.cumulation
        screen.say(
            "show.cumulation",
            clause=rule.clause,
            matter=words.named(rule.same_matter),
            reach=words.named(rule.reach),
            paid=words.named(rule.after_payment),
        )
    for share in policy.shares:
        _share(words, policy, share)


def _share(words: RuleWords, policy: Policy, share: ShareRule) -> None:
    screen = words.screen
    clauses = "、".join(clause.id for clause in policy.clauses if clause.id in share.clauses)
    screen.say(
        "show.share",
        clause=share.clause,
        clauses=clauses or screen.words("show.all-clauses"),
        areas="、".join(sorted(share.areas)) or screen.words("show.all-areas"),
        how=f"{share.ratio[0]}:{share.ratio[1]}" if share.ratio else share.basis,
        remainder=words.named(share.remainder),
    )
