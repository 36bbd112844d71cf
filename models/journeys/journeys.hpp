// A sample of consumers whose journeys are recorded, and what is recorded of everybody alike: touches and events. What
// else there is to record, a mechanism adds where it happens: scratch.journeys->add(place, row).
//
//   consumer k of N is one of the ranks [k n / N, (k + 1) n / N), drawn once by seed and k
//
// so that cells are represented in proportion, and the sample is the same at any number of threads and in every
// replication. The warm-up is not recorded. Rows are kept by block, for which one thread works at a time, and put in
// order of persons at the end.
#pragma once
#include <cstdint>
#include <memory>
#include <vector>

#include "models/creative/rotation.hpp"
#include "models/journeys/pen.hpp"
#include "models/media/delivery.hpp"
#include "models/response/response.hpp"
#include "models/scratch.hpp"
#include "models/stages/stages.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

// Rows of one replication. Blocks write into parts of their own while the globals are constant, hence the pointer.
struct JourneyLog {
  std::vector<std::vector<JourneyRow>> by_block;  // of blocks with sampled consumers
};

class Journeys {
 public:
  Journeys(const MarketOptions& options, const Stages& stages, const Delivery& delivery, const Rotation& rotation,
           MeasureRegistry& registry);

  // Records n consumers from now on, or all if there are fewer.
  void sample(const Places& places, std::int64_t n);
  bool enabled() const { return !sample_.consumers.empty(); }
  const JourneySample& who() const { return sample_; }
  std::unique_ptr<JourneyLog> make_log() const;
  // The most that a replication can record of touches, in bytes.
  double most_bytes() const;

  // scratch.journeys and scratch.watched, for a block of a step; scratch.trace is set already.
  void open(JourneyLog* log, std::int32_t step, const BlockView& block, BlockScratch& scratch) const;
  // Contacts of the step with campaigns: of push media once delivered, of search once all queries are done.
  void touches(const DeliveryPlan& plan, const ResponsePlan& response, bool search, std::int32_t step,
               const BlockView& block, BlockScratch& scratch) const;
  void events(BlockScratch& scratch) const;
  std::vector<JourneyRow> take(JourneyLog& log) const;

 private:
  struct Part {
    std::uint32_t first_tile;
    std::uint32_t first_person;
    std::vector<std::uint32_t> places;
  };
  void register_tables(MeasureRegistry& registry);

  const MarketOptions* options_;
  const Stages* stages_;
  const Delivery* delivery_;
  const Rotation* rotation_;
  JourneySample sample_;
  std::vector<Part> parts_;                    // blocks with sampled consumers, by first tile
  std::vector<std::int16_t> channel_, brand_;  // by campaign
  std::vector<std::int16_t> first_creative_;   // by campaign: number among all creatives
  std::uint8_t touches_ = 0, events_ = 0;      // tables
};

}  // namespace populace
