// What happened to one consumer, or could have and did not, and why, told by the mechanisms while they run: for
// `populace explain` and for debugging. A block has a trace only while the traced consumer is in it, so the cost
// elsewhere is one test of a pointer a mechanism and block.
#pragma once
#include <cstdint>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace populace {

struct TraceEntry {
  std::int32_t step = 0;
  std::string mechanism;  // "delivery", as the folder and the docs page are called
  std::string subject;    // name of the campaign, brand, machine, …; may be empty
  std::string outcome;    // in words: "2 contacts", "aware > considering (notice)"
  std::vector<std::pair<std::string, double>>
      because;           // what decided it, in order: {"slots a week", 3.2}, {"draw", .71}
  bool happened = true;  // false: it could have, and did not
};

struct Trace {
  std::uint64_t consumer = 0;  // its id: 64 tile + place
  std::int32_t step = 0;       // at work
  std::uint32_t place = 0;     // in the block at work
  std::vector<TraceEntry> entries;
  std::vector<int> offered;  // contacts before caps, by campaign

  void note(std::string_view mechanism, std::string_view subject, std::string outcome,
            std::vector<std::pair<std::string, double>> because = {}) {
    entries.push_back({step, std::string(mechanism), std::string(subject), std::move(outcome), std::move(because)});
  }
  // What could have happened and did not; told only where the whole story is asked for, and counted for quiet weeks.
  void missed(std::string_view mechanism, std::string_view subject, std::string outcome,
              std::vector<std::pair<std::string, double>> because = {}) {
    note(mechanism, subject, std::move(outcome), std::move(because));
    entries.back().happened = false;
  }
};

}  // namespace populace
