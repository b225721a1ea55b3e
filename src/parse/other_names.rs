//! Names of fields that people know from other programs.

/// The fields that a word may mean, the likeliest first. A record takes one only if it has such a field.
pub(crate) fn other_names(word: &str) -> impl Iterator<Item = &'static str> {
    const OTHERS: [(&str, &[&str]); 29] = [
        ("joined", &["date_joined", "join_date", "joined_on", "member_since", "since", "start"]),
        ("left", &["date_left", "left_on", "resigned"]),
        ("classification", &["type", "category", "kind", "organization_type", "org_type"]),
        ("member", &["organization", "organisation", "org", "company", "employer", "affiliation", "group"]),
        ("representative", &["rep", "contact", "contact_person", "delegate", "primary_contact"]),
        ("backup_representative", &["backup", "alternate", "deputy", "second", "alternate_representative"]),
        ("title", &["job_title", "position"]),
        ("office", &["position", "title", "role", "seat"]),
        ("role", &["position", "job"]),
        ("url", &["website", "web", "web_site", "homepage", "link", "site"]),
        ("name", &["full_name", "title", "organization_name", "display_name"]),
        ("notes", &["note", "comment", "comments", "remarks", "description", "memo"]),
        ("due", &["deadline", "due_date", "by_date"]),
        ("date", &["day", "when", "on"]),
        ("start_time", &["time", "starts", "start", "begins"]),
        ("end_time", &["ends", "end", "until"]),
        ("opens", &["start", "starts", "opened", "begins", "start_date"]),
        ("closes", &["deadline", "ends", "end", "vote_by", "end_date"]),
        ("start_date", &["start", "since", "began", "from"]),
        ("end_date", &["end", "ended", "until", "to"]),
        ("location", &["place", "venue", "where"]),
        ("lead", &["owner", "leader", "responsible", "lead_member"]),
        ("owner", &["responsible", "assigned_to", "person", "who", "lead"]),
        ("advocate", &["person", "who", "name", "by"]),
        ("languages", &["language", "speaks"]),
        ("result", &["outcome", "status"]),
        ("text", &["terms", "body", "content"]),
        ("amount", &["value", "sum", "dollars", "worth"]),
        ("kind", &["type", "category"]),
    ];
    OTHERS.iter().filter(move |(_, words)| words.contains(&word)).map(|(name, _)| *name)
}
