//! What people call one of a few words that a field can hold.

/// The words that `text` may mean, in small letters with hyphens; a field takes the one that it can hold.
pub(crate) fn synonyms(text: &str) -> &'static [&'static str] {
    match text {
        "church" | "churches" | "mosque" | "synagogue" | "temple" | "congregation" | "parish" | "faith-community" => {
            &["faith-group"]
        }
        "chamber-of-commerce" | "chamber" | "company" | "shop" | "store" | "merchants" => &["business"],
        "neighborhood" | "neighborhood-association" | "neighborhood-group" | "neighbors" => &["civic-group"],
        "council" | "city-council" | "town-council" | "legislature" => &["legislators"],
        "charity" | "ngo" | "non-profit" => &["nonprofit"],
        "college" => &["university"],
        "city" | "county" | "town" | "agency" => &["government"],
        "newspaper" | "radio" => &["media"],
        "board-of-trustees" | "trustees" | "board" => &["trustee-board"],
        "person" => &["individual"],
        "passed" | "approved" | "carried" | "accepted" => &["adopted"],
        "failed" | "defeated" => &["rejected"],
        "postponed" | "tabled" => &["deferred"],
        "support" | "supports" | "for" | "in-favor" | "favor" | "yes" | "aye" => {
            &["agree", "support", "supportive", "yes"]
        }
        "agrees" | "agree" => &["agree", "support", "yes"],
        "against" | "opposes" | "objects" => &["object", "oppose", "opposed"],
        "oppose" => &["object", "opposed"],
        "object" => &["oppose", "opposed"],
        "abstained" | "abstention" | "abstains" => &["abstain", "neutral"],
        "call" | "phone-call" | "telephone" | "called" => &["phone"],
        "visit" | "face-to-face" | "meeting" | "personal" => &["in-person"],
        "letter" | "post" => &["mail"],
        "zoom" | "teams" | "video-call" | "online" => &["video"],
        "sms" | "text-message" => &["text"],
        "cell" | "cellphone" | "cell-phone" => &["mobile"],
        "website" | "web" | "homepage" => &["url"],
        "money" | "donation" | "cash" | "grant" => &["funding"],
        "time" | "volunteer-time" | "volunteering" => &["volunteers"],
        "room" | "rooms" | "venue" => &["meeting-space"],
        "printing" | "copies" => &["copying"],
        "everyone" | "general-public" => &["public"],
        "2-3" | "two-third" => &["two-thirds"],
        "unanimous" | "unanimously" => &["unanimity"],
        "partially" | "in-part" => &["partly"],
        "advertising" | "ads" => &["publicity"],
        _ => &[],
    }
}

/// The words that `text` more or less suggests: good enough to be asked for, and not to be taken.
pub(crate) fn guesses(text: &str) -> &'static [&'static str] {
    match text {
        "ministry" | "faith" | "religious" | "religion" => &["faith-group"],
        "union" | "unions" | "labor" | "local" | "guild" => &["labor-union"],
        "501" | "association" | "verein" => &["nonprofit"],
        "corporation" | "corporate" | "firm" | "llc" | "inc" => &["business"],
        "schools" | "pta" | "pto" | "district" => &["school"],
        "club" | "clubs" | "civic" | "community" | "society" | "service" => &["civic-group"],
        "press" | "tv" => &["media"],
        "state" => &["government"],
        "friends" => &["friends-group"],
        "vol" | "vols" | "helper" => &["volunteer"],
        "board" => &["trustee"],
        "employee" | "librarian" | "director" | "manager" => &["staff"],
        "pupil" => &["student"],
        "maybe" => &["partly"],
        "lawmakers" => &["legislators"],
        "residents" | "citizens" | "families" | "teens" | "parents" => &["public"],
        _ => &[],
    }
}
