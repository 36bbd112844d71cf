// What the traced consumer met, and what watched consumers clicked on.
#include <algorithm>
#include <string>

#include "models/media/delivery.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {
namespace {

std::string number_of(std::int64_t n, const std::string& what) {
  return (n == 0 ? "no" : std::to_string(n)) + " " + what + (n == 1 ? "" : "s");
}

}  // namespace

void Delivery::tell_contacts(std::size_t campaign, const ContactTask& task, const BlockView& block,
                             Trace& trace) const {
  const std::uint32_t place = trace.place;
  const double slots = static_cast<double>(task.unit) * task.slots[place];
  const double mean = static_cast<double>(task.rate) * slots;
  trace.offered.resize(channel_.size());
  trace.offered[campaign] = task.contacts[place];
  const double u = static_cast<double>(unit_float(split_word_at(task.stream, block.place.first_tile, place)));
  std::vector<std::pair<std::string, double>> because{
      {"chance", task.bernoulli ? std::min(mean, 1.0) : std::max(0.0, -exact_expm1(-mean))},
      {"draw", task.bernoulli ? u : 1 - u},
      {"slots of his a week", slots},
      {"contacts to expect", mean}};
  if (task.contacts[place] > 0)
    trace.note("delivery", options_->campaigns[campaign].name, number_of(task.contacts[place], "contact"),
               std::move(because));
  else
    trace.missed("delivery", options_->campaigns[campaign].name, "no contact", std::move(because));
}

void Delivery::tell_kept(const DeliveryPlan& plan, const BlockView& block, BlockScratch& scratch) const {
  Trace& trace = *scratch.trace;
  for (std::size_t c = 0; c < trace.offered.size(); ++c) {
    if (is_search(c) || !active(plan, c, block.place.cell)) continue;
    const std::uint8_t kept = scratch.contacts[c][trace.place];
    if (kept < trace.offered[c])
      trace.note("caps", options_->campaigns[c].name, number_of(kept, "contact") + " left by caps and targets",
                 {{"offered", trace.offered[c]}});
  }
}

void Delivery::record_clicks(std::size_t campaign, std::uint32_t place, std::int64_t clicks,
                             BlockScratch& scratch) const {
  if (clicks == 0 || scratch.journeys == nullptr) return;
  JourneyRow row;
  row.table = clicks_table_;
  row.codes[0] = static_cast<std::int16_t>(campaign);
  row.count = static_cast<std::uint16_t>(clicks);
  scratch.journeys->add(place, row);
}

void Delivery::tell_clicks(std::size_t campaign, std::uint32_t place, std::int64_t clicks, std::size_t k,
                           BlockScratch& scratch) const {
  record_clicks(campaign, place, clicks, scratch);
  if (!scratch.traces(place)) return;
  const double prob = options_->channels[channel_[campaign]].click_prob;
  const std::string& name = options_->campaigns[campaign].name;
  std::vector<std::pair<std::string, double>> because{{"chance of a contact", prob},
                                                      {"draw", unit_double(scratch.list_words[k])}};
  if (clicks > 0)
    scratch.trace->note("clicks", name, number_of(clicks, "click"), std::move(because));
  else
    scratch.trace->missed("clicks", name, "no click", std::move(because));
}

}  // namespace populace
