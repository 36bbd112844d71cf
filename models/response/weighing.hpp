// What a contact counts for: the product of what attention and response make of it, consumer by consumer.
//
//   weight of a contact = effect of form, length and place in attention (the same for all)
//                         x attention (models/attention/attention.hpp) x persuasion (models/response/persuasion.hpp)
//
// The product multiplies what a contact adds to both stocks, and the attention that lifts consumers in stage machines;
// below 0 a contact takes goodwill away and lifts nobody. A campaign on which nothing of this acts has no weights, and
// costs nothing.
#pragma once
#include <memory>
#include <vector>

#include "models/attention/attention.hpp"
#include "models/creative/rotation.hpp"
#include "models/response/persuasion.hpp"
#include "models/world/events.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

class Weighing {
 public:
  Weighing(const MarketOptions& options, const Traits& traits, const Response& response, const Stages& stages,
           const Delivery& delivery, const SharedColumns& shared, Layout& layout, MeasureRegistry& registry);

  const Rotation& rotation() const { return rotation_; }
  // Mean weight of a contact, by campaign.
  void add_kpis(MeasureRegistry& registry) const;
  void prepare(BlockScratch& scratch) const;
  void build(const BlockView& block) const { attention_.build(block); }
  void begin_step(std::int32_t step, ResponsePlan& plan) const;
  // scratch.weight of every weighed campaign that runs.
  void run(const ResponsePlan& response, const DeliveryPlan& plan, std::int32_t step, const BlockView& block,
           BlockScratch& scratch, std::int64_t* row) const;
  float at_query(std::size_t campaign, std::int32_t step, const BlockView& block, std::uint32_t place) const;

 private:
  const MarketOptions* options_;
  const Delivery* delivery_;
  Rotation rotation_;
  Attention attention_;
  Persuasion persuasion_;
  WorldEvents events_;
  std::vector<std::size_t> channel_;  // by campaign
  std::vector<char> weighed_;         // by campaign
  bool any_ = false;
  std::size_t effective_ = 0;  // slot
};

}  // namespace populace
