//! Columns that say whether and how someone may be contacted. They are never dropped: who calls someone that asked not to be called
//! loses more than a telephone number.

use super::heading::words_of;
use crate::parse::alike::fold;
use crate::parse::informal::read_truth;

/// Phrases that forbid, as words without accents: a plain `no` under such a heading says nothing.
const PROHIBITIONS: [&str; 47] = [
    "do not",
    "donot",
    "dont",
    "don t",
    "not contact",
    "no contact",
    "no call",
    "no calls",
    "no email",
    "no emails",
    "no mail",
    "nomail",
    "no phone",
    "no text",
    "no sms",
    "no bulk",
    "no solicit",
    "unsubscribe",
    "unsubscribed",
    "opt out",
    "optout",
    "opted out",
    "restriction",
    "restrictions",
    "suppress",
    "suppressed",
    "suppression",
    "blocked",
    "blocklisted",
    "blacklisted",
    "bounced",
    "bounce",
    "delivery disabled",
    "is bad",
    "requests no",
    "keine mail",
    "keine e mail",
    "keine anrufe",
    "kein anruf",
    "kein kontakt",
    "werbesperre",
    "abgemeldet",
    "no contactar",
    "no llamar",
    "ne pas",
    "desabonne",
    "baja",
];

/// Phrases that permit, or say what the state is.
const PERMISSIONS: [&str; 30] = [
    "opt in",
    "optin",
    "opted in",
    "opt ins",
    "subscription status",
    "subscriber status",
    "email status",
    "sms status",
    "permission status",
    "permission",
    "consent",
    "gdpr",
    "dsgvo",
    "rgpd",
    "lopd",
    "marketing contact status",
    "accepts marketing",
    "accepts email",
    "accepts sms",
    "solicitation",
    "einwilligung",
    "einverstanden",
    "consentement",
    "consentimiento",
    "autoriza",
    "contact preference",
    "contact preferences",
    "preferred contact",
    "communication preferences",
    "privacy",
];

fn says_any(heading: &str, phrases: &[&str]) -> bool {
    let text = format!(" {} ", words_of(heading).join(" "));
    phrases.iter().any(|phrase| text.contains(&format!(" {phrase} ")))
}

/// Whether a heading says whether or how someone may be contacted.
pub(super) fn is_restriction(heading: &str) -> bool {
    // When someone agreed, and from which computer, is no restriction.
    const DETAILS: [&str; 9] = ["ip", "time", "date", "source", "reason", "on", "by", "timestamp", "update"];
    let is_detail = || words_of(heading).iter().any(|word| DETAILS.contains(&word.as_str()));
    (says_any(heading, &PROHIBITIONS) || says_any(heading, &PERMISSIONS)) && !is_detail()
}

/// Whether a heading over cells of yes and no asks whether someone may be contacted: `May we call you?`
pub(super) fn asks_permission(heading: &str) -> bool {
    const WAYS: [&str; 34] = [
        "email",
        "emails",
        "mail",
        "call",
        "calls",
        "phone",
        "text",
        "texts",
        "sms",
        "contact",
        "newsletter",
        "mailing",
        "list",
        "reach",
        "anrufen",
        "anruf",
        "kontaktieren",
        "mailen",
        "schreiben",
        "rundbrief",
        "llamar",
        "llamarle",
        "contactar",
        "boletin",
        "correo",
        "appeler",
        "contacter",
        "courriel",
        "infolettre",
        "whatsapp",
        "message",
        "messages",
        "telefonieren",
        "photo",
    ];
    words_of(heading).iter().any(|word| WAYS.contains(&word.as_str()))
}

/// Whether a cell in such a column says nothing that anyone must heed: `No` under `Do not call`.
pub(super) fn is_idle(heading: &str, cell: &str) -> bool {
    let is_empty = ["none", "n/a", "-", "ninguno", "keine", "aucun"].contains(&fold(cell.trim()).as_str());
    is_empty || (says_any(heading, &PROHIBITIONS) && read_truth(cell) == Some(false))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headings_that_restrict_contact_are_recognized() {
        for heading in [
            "do_not_contact",
            "do_not_call",
            "Do Not Email",
            "No Bulk Emails (User Opt Out)",
            "Communication Restrictions",
            "Unsubscribed",
            "NOMAIL",
            "email_opt_in",
            "can2_subscription_status",
            "Email delivery disabled",
            "email1_is_bad",
            "Keine E-Mail",
            "No contactar",
            "DoNotCall",
            "GDPR consent",
            "HasOptedOutOfEmail",
            "EMAIL_BLOCKLISTED",
            "Accepts Email Marketing",
            "Requests no email",
        ] {
            assert!(is_restriction(heading), "{heading}");
        }
        for heading in ["OPTIN_IP", "OPTIN_TIME", "Notes", "Contact", "Email", "Not before", "Confirmed Opt-Out Date"] {
            assert!(!is_restriction(heading), "{heading}");
        }
        let idle = |cell: &str| is_idle("Do not call", cell);
        assert!(idle("No") && idle("false") && idle("0") && !idle("Do Not Call") && !idle("1"));
        assert!(
            !is_idle("May we call you?", "No")
                && asks_permission("May we call you?")
                && asks_permission("Dürfen wir Sie anrufen?")
        );
    }
}
