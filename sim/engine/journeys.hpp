// Journeys of a sample of consumers: every touch, move, event and order of theirs, a row each. What the fields of a row
// mean is data (JourneyTable), as for measures, so that results/ can write and export rows of any mechanism.
#pragma once
#include <array>
#include <cstdint>
#include <string>
#include <vector>

namespace populace {

// Meaning of one field; without a name the table does not use it.
struct JourneyField {
  std::string name;  // "campaign", "units"
  std::string unit;
  std::string long_name;
  std::vector<std::string> labels{};  // of codes
};

inline constexpr std::size_t kJourneyCodes = 5, kJourneyReals = 2;

struct JourneyTable {
  std::string name;       // "touches"
  std::string long_name;  // what a row is
  std::array<JourneyField, kJourneyCodes> codes{};
  JourneyField count{};
  std::array<JourneyField, kJourneyReals> reals{};
};

struct JourneyRow {
  std::array<double, kJourneyReals> reals{};
  std::uint32_t person = 0;  // number in the sample
  std::int32_t step = 0;
  std::array<std::int16_t, kJourneyCodes> codes{-1, -1, -1, -1, -1};  // positions among the labels; -1: none
  std::uint16_t count = 0;
  std::uint8_t table = 0;
  std::uint8_t occasion = 0;  // of the step
};

// Who is in the sample, the same in every replication.
struct JourneySample {
  std::vector<std::int64_t> consumers;  // ids, ascending; empty: nothing is recorded
  std::vector<std::uint32_t> cells;
  std::string focal_brand;
  std::string rungs;  // name of the machine whose stages are the rungs; may be empty
};

}  // namespace populace
