// The search of the site. It needs no server: search-index.js says what is on each page, and without this script the page lists all.
(function () {
  "use strict";
  var pages = window.coalitionPages || [];
  var main = document.getElementById("main");
  var all = document.createElement("div");
  var heading = main.querySelector("h1");
  while (heading.nextSibling) all.appendChild(heading.nextSibling);
  var label = document.createElement("label");
  label.htmlFor = "words";
  label.textContent = "Words to look for";
  var input = document.createElement("input");
  input.id = "words";
  input.type = "search";
  input.autocomplete = "off";
  var found = document.createElement("div");
  var status = document.createElement("p");
  status.setAttribute("role", "status");
  main.append(label, input, status, found, all);

  function plain(text) {
    return text.toLowerCase().normalize("NFD").replace(/[\u0300-\u036f]/g, "");
  }
  var index = pages.map(function (page) {
    return { page: page, title: plain(page[1]), text: plain(page[1] + " " + page[2]) };
  });
  function excerpt(text, word) {
    var at = plain(text).indexOf(word);
    if (at < 0) return text.slice(0, 140);
    var start = Math.max(0, at - 60);
    return (start > 0 ? "…" : "") + text.slice(start, at + 100) + "…";
  }
  function show() {
    var words = plain(input.value).split(/\s+/).filter(Boolean);
    found.textContent = "";
    all.hidden = words.length > 0;
    status.textContent = "";
    if (!words.length) return;
    var hits = index.filter(function (entry) {
      return words.every(function (word) { return entry.text.indexOf(word) >= 0; });
    });
    function rank(entry) {
      return words.every(function (word) { return entry.title.indexOf(word) >= 0; }) ? 0 : 1;
    }
    hits.sort(function (a, b) { return rank(a) - rank(b); });
    status.textContent = hits.length === 1 ? "1 page found" : hits.length + " pages found";
    var list = document.createElement("ul");
    list.className = "found";
    hits.slice(0, 100).forEach(function (entry) {
      var item = document.createElement("li");
      var link = document.createElement("a");
      link.href = entry.page[0];
      link.textContent = entry.page[1];
      var text = document.createElement("p");
      text.textContent = excerpt(entry.page[2], words[0]);
      item.append(link, text);
      list.append(item);
    });
    found.append(list);
  }
  input.addEventListener("input", show);
  input.focus();
})();
