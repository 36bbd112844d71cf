// Reasons to draw are numbered once for ever: the committed list may grow at its end and change nowhere else, or old
// seeds would give other numbers.
#include <catch2/catch.hpp>
#include <filesystem>
#include <fstream>
#include <regex>
#include <sstream>
#include <string>
#include <vector>

namespace {

using Purposes = std::vector<std::pair<std::string, int>>;

std::string text_of(const std::string& file) {
  std::ifstream in(std::filesystem::path(POPULACE_SOURCE_DIR) / file);
  REQUIRE(in.good());
  std::ostringstream text;
  text << in.rdbuf();
  return text.str();
}

Purposes declared() {
  const std::string text = text_of("models/purposes.hpp");
  const std::regex line(R"((k\w+) = (\d+),)");
  Purposes all;
  for (std::sregex_iterator at(text.begin(), text.end(), line), end; at != end; ++at)
    all.emplace_back((*at)[1], std::stoi((*at)[2]));
  return all;
}

Purposes committed() {
  std::istringstream in(text_of("tests/models/purposes.txt"));
  Purposes all;
  std::string name;
  for (int number = 0; in >> number >> name;) all.emplace_back(name, number);
  return all;
}

}  // namespace

TEST_CASE("purposes of draws are those of the committed list, in its order") {
  const Purposes now = declared(), then = committed();
  REQUIRE(then.size() >= 27);
  CHECK(now == then);  // a new purpose: append its line to tests/models/purposes.txt
  int last = 0;
  for (const auto& [name, number] : now) {
    INFO(name);
    CHECK(number > last);
    last = number;
  }
}
