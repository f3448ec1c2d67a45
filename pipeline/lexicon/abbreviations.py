"""Abbreviations with a full stop, by what the stop may mean: which end a sentence, and what tells."""

from __future__ import annotations

# before a name: the sentence goes on
BEFORE_NAMES = frozenset(
    (
        "Mr Mrs Ms Mx Messrs Mme Mlle Dr Drs Prof Profs Rev Revd Fr Br Msgr Hon Sen Sens Rep Reps Gov Govs Gen Lt Col Maj Capt "
        "Cpt Cmdr Cdr Cpl Sgt Pvt Pfc Spc Adm Brig Supt Insp Det Const Sec Pres Amb Atty Del Ald Cllr Engr Er Adv Barr Arc "
        "Comr Commr Dy Asst Assoc Smt Shri Sri Sh Km Pt Ch Md Mohd Alh Pst Bp Abp Mt Ft Pte Pvt St Ste"
    ).split()
)
# before a number alone
BEFORE_NUMBERS = frozenset(
    (
        "No Nos Nr Rs Art Arts Sect Par Para Fig Figs Vol Vols Ch Chap Op p pp par sec fig vol art nos Jan Feb Mar Apr Jun Jul "
        "Aug Sept Sep Oct Nov Dec"
    ).split()
)
# before whatever they belong to
WITHIN = frozenset("vs v cf viz approx ca e.g i.e est incl esp".split())
# at a sentence's end or within it: the next word tells
ANYWHERE = frozenset(
    (
        "Inc Co Cos Corp Ltd LLC Plc plc Bros Jr Sr Esq St Ave Blvd Rd Hwy Dept Univ Assn Intl Natl Govt Mfg Ret Ph.D ret dept "
        "govt"
    ).split()
)
# so too behind a place and a comma: *Tarvo, Calif.*
STATES = frozenset(
    (
        "Ala Ariz Ark Calif Colo Conn Del Fla Ga Ill Ind Kan Ky La Md Mass Mich Minn Miss Mo Mont Neb Nev Okla Ore Pa Tenn Tex "
        "Va Vt Wash Wis Wyo Ont Que Alta Man Sask"
    ).split()
)
# what a time of day (*9 a.m.*) goes on with
AFTER_TIMES = frozenset(
    (
        "monday tuesday wednesday thursday friday saturday sunday mon tue tues wed thu thurs fri sat sun january february march "
        "april may june july august september october november december jan feb mar apr jun jul aug sept sep oct nov dec eastern "
        "pacific central mountain gmt utc est edt et cst cdt ct mst mdt mt pst pdt pt bst ist wat eat cat cet cest aest sgt jst "
        "pkt local greenwich"
    ).split()
)
# names that are printed with an exclamation mark
EXCLAIMED = frozenset("Yahoo Jeopardy".split())
# words that, with a capital, begin a sentence and no name
OPENERS = frozenset(
    (
        "the a an this that these those he she it they we i you his her its their our my your who what where when why how which "
        "there here in on at by for from with without to of as about after before since until during despite amid among between "
        "because if although though while whereas unless whether and but or nor yet so then now still also however meanwhile "
        "moreover instead nevertheless nonetheless therefore thus furthermore additionally some any many most several few both "
        "each every another other others such no not never yes perhaps maybe according asked speaking earlier later last "
        "yesterday today is are was were has have had does did can could will would should may"
    ).split()
) - {"may", "will"}
