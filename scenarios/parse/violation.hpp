// What is wrong with a scenario, all at once. A message names place, key path, value as written, rule, and how to mend
// it:
//   scenario.toml:12:16: campaign.spring.budget_money = -5: must be at least 0; to run without the campaign write 0
#pragma once
#include <cstdint>
#include <exception>
#include <set>
#include <string>
#include <vector>

#include "scenarios/parse/path.hpp"

namespace populace {

// Where something was written: in a file, or (option not empty) on the command line.
struct Place {
  std::string file;
  std::int64_t line = 0;  // from 1; 0: the file as a whole
  std::int64_t column = 0;
  std::string option;       // "--set a.b=c" or "--consumers 5"
  std::string option_path;  // key path that the option sets
  std::string str() const;
};

struct Violation {
  Place place;
  std::string path;   // empty: the file as a whole
  std::string value;  // as written; empty for tables and for what is missing
  std::string rule;
  std::string suggestion;
  std::string text() const;
};

class ScenarioErrors : public std::exception {
 public:
  explicit ScenarioErrors(std::vector<Violation> violations);
  // One message a line.
  const char* what() const noexcept override { return what_.c_str(); }
  // Sorted by file and line; what came from the command line is last.
  const std::vector<Violation>& violations() const { return violations_; }

 private:
  std::vector<Violation> violations_;
  std::string what_;
};

// Collects violations while a scenario is read.
class Violations {
 public:
  void add(Violation violation);
  // Whether something is wrong at this path or below it: a rule about it would only repeat that.
  bool has(const KeyPath& path) const;
  // Notes that a key was probably meant by another that was refused: it is not to be called missing too.
  void doubt(const KeyPath& path) { doubtful_.insert(path.str()); }
  std::size_t size() const { return list_.size(); }
  bool empty() const { return list_.empty(); }
  void throw_if_any() const;

 private:
  std::vector<Violation> list_;
  std::set<std::string> doubtful_;
};

}  // namespace populace
