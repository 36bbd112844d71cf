// The parts of the language by themselves: text files, key paths, suggestions, CSV, dates.
#include <catch2/catch.hpp>

#include "scenarios/data/csv.hpp"
#include "scenarios/data/dates.hpp"
#include "scenarios/parse/path.hpp"
#include "scenarios/parse/text_file.hpp"
#include "scenarios/validate/suggest.hpp"
#include "tests/scenarios/support.hpp"

namespace populace {
namespace {

TEST_CASE("UTF-8 is checked byte by byte") {
  CHECK(first_bad_utf8("plain, é, 华, 😀") == std::string::npos);
  CHECK(first_bad_utf8("ab\xFF") == 2);
  CHECK(first_bad_utf8("\xC0\xAF") == 0);          // overlong
  CHECK(first_bad_utf8("a\xE0\x80\xAF") == 1);     // overlong
  CHECK(first_bad_utf8("\xED\xA0\x80") == 0);      // surrogate
  CHECK(first_bad_utf8("\xF4\x90\x80\x80") == 0);  // beyond U+10FFFF
  CHECK(first_bad_utf8("ab\xE5\x8D") == 2);        // cut short
}

TEST_CASE("Files that cannot be scenarios") {
  const ScratchScenario scratch("[scenario]\nweeks = 3\n");
  const auto folder = scratch.path().parent_path();
  CHECK(refusal(folder / "scenari.toml") ==
        "scenari.toml: cannot be opened (No such file or directory); did you mean \"scenario.toml\"?");
  CHECK(refusal(folder).ends_with(": is a folder; name a file in it"));
  scratch.add("large.toml", std::string(16'000'001, '#'));
  CHECK(refusal(folder / "large.toml") ==
        "large.toml: is larger than 16 MB; move long series to CSV files of their own");
  std::string endless = "a";
  for (int i = 0; i < 5000; ++i) endless += ".a";
  scratch.add("endless.toml", "\n" + endless + " = 1\n");
  CHECK(refusal(folder / "endless.toml").starts_with("endless.toml:2:1: a key of more than 1000 parts"));
}

TEST_CASE("Key paths are read as they are written") {
  for (const std::string text : {"a", "a.b-c.d_1", "a.\"b c\".d", "a.flight[0].x", "m[1][2]"})
    CHECK(KeyPath::parse(text)->str() == text);
  CHECK(KeyPath::parse("region.华东")->parts()[1] == "华东");
  for (const std::string bad : {"", ".", "a.", ".a", "a..b", "a b", "a[", "a[x]", "a[-1]", "[0]", "a.\"b"})
    CHECK_FALSE(KeyPath::parse(bad));
}

TEST_CASE("Edit distances count insertions, deletions, changes and swaps") {
  CHECK(edit_distance("", "abc") == 3);
  CHECK(edit_distance("kitten", "sitting") == 3);
  CHECK(edit_distance("spirng", "spring") == 1);
  CHECK(did_you_mean("wekes", {"weeks", "step"}) == "did you mean \"weeks\"?");
  CHECK(did_you_mean("cpm", {"cpm_money", "cpc_money"}) == "did you mean \"cpm_money\"?");
  CHECK(did_you_mean("moon", {"north", "coast"}).empty());
  CHECK(did_you_mean("x", {"y"}).empty());
}

TEST_CASE("CSV is read by RFC 4180") {
  Violations violations;
  const auto table = parse_csv("f.csv", "name,\"n, 1\"\r\n\"a \"\"b\"\"\",1\r\n\n \"x,y\" ,2\n", violations);
  CHECK_FALSE(violations.empty());  // the last row opens its quote after a space
  REQUIRE(table);
  CHECK(table->columns == std::vector<std::string>{"name", "n, 1"});
  REQUIRE(table->rows.size() == 1);
  CHECK(table->rows[0][0].text == "a \"b\"");
  CHECK(table->rows[0][1].place.column == 11);

  Violations none;
  const auto lines = parse_csv("f.csv", "a,b\n\"1\n2\",3\n4,5", none);
  CHECK(none.empty());
  CHECK(lines->rows[0][0].text == "1\n2");
  CHECK(lines->rows[1][0].place.line == 4);
}

TEST_CASE("Dates are days of the calendar") {
  using namespace std::chrono;
  CHECK(parse_date("1997-01-01") == sys_days(1997y / January / 1));
  CHECK(*parse_date("2028-03-01") - *parse_date("2028-02-28") == days(2));
  for (const char* bad :
       {"", "1997-1-1", "1997-02-29", "1997-13-01", "97-01-01", "1997/01/01", "1997-01-01 ", "19970-1-01"})
    CHECK_FALSE(parse_date(bad));
}

}  // namespace
}  // namespace populace
