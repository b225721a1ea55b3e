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
        "pta" | "pto" | "parent-teacher-association" => &["school"],
        "city" | "town" | "agency" => &["government"],
        "newspaper" | "radio" => &["media"],
        "board-of-trustees" | "trustees" | "board" => &["trustee-board"],
        "person" => &["individual"],
        "passed" | "pass" | "passes" | "approved" | "approve" | "carried" | "accepted" | "agreed" | "adopt"
        | "agreed-to" => &["adopted", "agree", "support", "yes"],
        "failed" | "defeated" | "reject" | "not-passed" | "lost" | "declined" | "turned-down" | "denied" => {
            &["rejected", "no"]
        }
        "postponed" | "tabled" | "defer" | "delayed" | "postpone" | "on-hold" => &["deferred"],
        "dropped" | "pulled" | "retracted" | "withdraw" => &["withdrawn"],
        "support" | "supports" | "supporting" | "for" | "in-favor" | "favor" | "in-support" | "pro" | "yes" | "yea"
        | "aye" | "approves" | "consent" | "consents" | "endorse" | "endorses" | "endorsed" => {
            &["agree", "support", "supportive", "yes"]
        }
        "friendly" | "ally" | "allied" | "sympathetic" => &["supportive"],
        "champions" | "strong-supporter" | "advocate" => &["champion"],
        "unsure" | "unknown" | "on-the-fence" | "swing" => &["undecided", "neutral"],
        "hostile" | "opponent" => &["opposed"],
        "agrees" | "agree" => &["agree", "support", "yes"],
        "against" | "opposes" | "objects" | "objected" | "opposing" | "con" | "nay" | "disagree" | "disagrees"
        | "no-vote" => &["object", "oppose", "opposed"],
        "no" => &["no", "object", "oppose", "opposed"],
        "oppose" => &["object", "opposed"],
        "object" => &["oppose", "opposed"],
        "abstained" | "abstention" | "abstains" | "abstaining" => &["abstain", "neutral"],
        "abstain" => &["neutral"],
        "veto" | "vetoes" | "vetoed" | "blocked" => &["block"],
        "stands-aside" | "stood-aside" | "aside" | "recuse" | "recused" => &["stand-aside"],
        "vote" | "voting" | "ballot" | "majority-vote" | "simple-majority" | "show-of-hands" | "voice-vote" => {
            &["majority"]
        }
        "supermajority" | "super-majority" | "two-thirds-vote" | "two-thirds-majority" => &["two-thirds"],
        "agreement" | "everyone-agrees" | "general-consent" | "by-consensus" => &["consensus"],
        "delegation" | "delegate" | "committee" | "executive" | "by-committee" => &["delegated"],
        "call" | "phone-call" | "telephone" | "called" | "tel" | "voicemail" | "landline" => &["phone"],
        "visit" | "visited" | "face-to-face" | "meeting" | "met" | "personal" | "personally" | "coffee" | "lunch" => {
            &["in-person"]
        }
        "letter" | "post" | "postal" | "postcard" => &["mail", "address"],
        "zoom" | "teams" | "video-call" | "videocall" | "facetime" | "webinar" | "online" | "virtual" => &["video"],
        "sms" | "text-message" | "texted" | "texting" | "whatsapp" | "signal" => &["text"],
        "emailed" => &["email"],
        "facebook" | "instagram" | "twitter" | "linkedin" | "social-media" => &["social"],
        "conference" | "town-hall" | "forum" | "rally" => &["event"],
        "cell" | "cellphone" | "cell-phone" => &["mobile"],
        "website" | "web" | "homepage" => &["url"],
        "money" | "donation" | "donations" | "cash" | "grant" | "check" | "cheque" | "funds" | "sponsorship"
        | "dues" => &["funding"],
        "time" | "volunteer-time" | "volunteering" | "volunteer" | "volunteer-hours" | "hours" | "labor" => {
            &["volunteers"]
        }
        "staff" | "staffing" => &["staff-time", "staff"],
        "room" | "rooms" | "venue" | "space" | "hall" => &["meeting-space"],
        "printing" | "printed" | "prints" | "print" | "copies" | "flyers" | "photocopies" | "photocopying" => {
            &["copying"]
        }
        "snacks" | "refreshments" | "catering" | "meal" | "meals" | "drinks" | "dinner" | "coffee-and-cake" => {
            &["food"]
        }
        "supplies" | "tools" | "materials" | "chairs" | "tables" | "van" | "goods" => &["equipment"],
        "advice" | "legal-advice" | "consulting" | "training" | "design" | "legal" => &["expertise"],
        "introductions" | "introduction" | "contacts" | "network" => &["connections"],
        "statistics" | "survey" | "figures" | "research" => &["data"],
        "promotion" | "outreach" | "marketing" => &["publicity"],
        "everyone" | "general-public" | "community" | "patrons" | "voters" => &["public"],
        "members" | "friends" | "advocates" | "volunteers-and-friends" => &["supporters"],
        "officials" | "elected-officials" | "politicians" | "commissioners" | "county" => {
            &["government", "legislators"]
        }
        "media" | "news" | "journalists" | "reporters" => &["press"],
        "mou" | "memo" => &["memorandum"],
        "code" | "conduct" | "rules" => &["code-of-conduct"],
        "bylaws" | "constitution" | "articles" => &["charter"],
        "data" | "data-sharing-agreement" => &["data-sharing"],
        "board-member" | "board-trustee" => &["trustee"],
        "employee" | "librarian" | "director" => &["staff"],
        "friends-of-the-library" | "friends-of-library" => &["friends-group", "friend"],
        "expert" | "advisor" | "adviser" => &["consultant"],
        "celebrity" | "vip" => &["notable"],
        "2-3" | "two-third" | "two-thirds-of-members" => &["two-thirds"],
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
        "schools" | "district" => &["school"],
        "club" | "clubs" | "civic" | "community" | "society" | "service" => &["civic-group"],
        "press" | "tv" => &["media"],
        "state" => &["government"],
        "friends" => &["friends-group"],
        "vol" | "vols" | "helper" => &["volunteer"],
        "board" => &["trustee"],
        "manager" => &["staff"],
        "pupil" => &["student"],
        "maybe" => &["partly"],
        "lawmakers" => &["legislators"],
        "residents" | "citizens" | "families" | "teens" | "parents" => &["public"],
        _ => &[],
    }
}
