#include "models/need/need.hpp"

#include <algorithm>

#include "models/names.hpp"
#include "models/stages/toss_kernels.hpp"
#include "sim/random/batch.hpp"
#include "sim/random/exact_math.hpp"

namespace populace {

Need::Need(const MarketOptions& options, const Traits& traits)
    : options_(&options), traits_(&traits), events_(options) {}

double Need::mean_per_step(std::size_t segment) const {
  return options_->need.opportunities_per_week.of(options_->segments[segment].name) * options_->run.weeks_per_step();
}

void Need::begin_step(NeedPlan& plan, const std::vector<double>& shock, DrawKey key, std::int32_t step) const {
  const std::size_t n_segments = options_->segments.size(), n_cells = n_segments * options_->regions.size();
  const double dt = options_->run.weeks_per_step();
  const double season = options_->need.season.at(step * dt);
  plan.stream = make_stream(key, reason(Purpose::kNeed, 0u, step));
  plan.multiplier.resize(n_cells);
  plan.none.resize(n_cells);
  for (std::size_t cell = 0; cell < n_cells; ++cell) {
    plan.multiplier[cell] = season * shock[cell / n_segments] * events_.need(step, cell) * dt;
    const CodeValues& rate = traits_->need_rate(cell % n_segments).value;
    CodeValues& none = plan.none[cell].value;
    for (std::size_t code = 0; code < none.size(); ++code)
      none[code] = -static_cast<float>(rate[code] * plan.multiplier[cell]);
    exp_all(none.data(), none.size(), none.data());
  }
}

void Need::run(const NeedPlan& plan, const BlockView& block, BlockScratch& scratch) const {
  const std::uint32_t cell = block.place.cell;
  const std::uint8_t* code = block.column(traits_->need_code());
  PlaceList& list = scratch.list;
  list.n = toss_by_code(plan.stream, block.place.first_tile, block.place.n, code, plan.none[cell].value.data(),
                        list.places, scratch.occasion_uniform);
  const CodeValues& rate = traits_->need_rate(cell % options_->segments.size()).value;
  for (std::uint32_t k = 0; k < list.n; ++k) {
    const std::uint8_t c = code[list.places[k]];
    const double mean = rate[c] * plan.multiplier[cell], u = scratch.occasion_uniform[k];
    double term = plan.none[cell].value[c], cumulated = term;
    std::uint8_t n = 0;
    while (n < 255 && u >= cumulated && (term > 1e-9 || n < mean)) {
      ++n;
      term *= mean / n;
      cumulated += term;
    }
    scratch.occasions_left[k] = std::max<std::uint8_t>(n, 1);
  }
  if (scratch.trace != nullptr) tell(plan, block, scratch);
}

void Need::tell(const NeedPlan& plan, const BlockView& block, BlockScratch& scratch) const {
  Trace& trace = *scratch.trace;
  const std::uint32_t cell = block.place.cell;
  const std::uint8_t code = block.column(traits_->need_code())[trace.place];
  const double rate = traits_->need_rate(cell % options_->segments.size()).value[code];
  int n = 0;
  for (std::uint32_t k = 0; k < scratch.list.n; ++k)
    if (scratch.list.places[k] == trace.place) n = scratch.occasions_left[k];
  std::vector<std::pair<std::string, double>> because{
      {"chance", 1 - static_cast<double>(plan.none[cell].value[code])},
      {"draw", 1 - static_cast<double>(unit_float(split_word_at(plan.stream, block.place.first_tile, trace.place)))},
      {"opportunities of his a week", rate},
      {"to expect in the step", rate * plan.multiplier[cell]}};
  if (n > 0)
    trace.note("need", "", n == 1 ? "an opportunity to buy" : std::to_string(n) + " opportunities to buy",
               std::move(because));
  else
    trace.missed("need", "", "no opportunity to buy", std::move(because));
}

}  // namespace populace
