// Visits to the focal brand: those that people make of their own accord, and those that ads add.
//
//   own visits in a step ~ Poisson(r w dt)        w ~ Gamma(k, 1/k) over people, for life: the visitor's intent
//   visits by ads        = clicks x landing chance
//   a visit converts with chance min(1, c w)
//
// Visits add up, and whoever comes brings an intent of his own. Own visits come from people of high intent (each counts
// w times as often), clicks from anybody: of E[w^2] = 1 + 1/k and E[w] = 1 it follows that visits by ads convert k / (k
// + 1) times as often as own ones. So +10 % visitors bring less than +10 % converters, .5 to .7 of it at k from 1
// to 2.3, although nobody assumed it. A visit is an event of stage machines and adds to the brand's stocks for the next
// step. Source: Johnson, Lewis & Nubbemeyer 2017, doi:10.2139/ssrn.2701578. Values assumed. See docs/methods/visits.md.
#pragma once
#include <array>
#include <cstdint>
#include <vector>

#include "models/population/traits.hpp"
#include "models/response/response.hpp"
#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/stages/stages.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

struct VisitsPlan {
  DrawStream own, more;
  std::vector<TraitTable> none;  // by segment: chance of no own visit by code of intent
};

class Visits {
 public:
  Visits(const MarketOptions& options, const Response& response, const Stages& stages, const SharedColumns& shared,
         Layout& layout, MeasureRegistry& registry);
  void add_kpis(MeasureRegistry& registry) const;
  void build(DrawKey key, const BlockView& block, std::vector<std::uint32_t>& words) const;
  void begin_step(VisitsPlan& plan, DrawKey key, std::int32_t step) const;
  // Own visits, and those of scratch.clicks.
  void run(const VisitsPlan& plan, DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
           std::int64_t* row) const;

 private:
  struct Counts {  // slots
    std::size_t visits = 0, conversions = 0;
  };
  bool in_market(const BlockView& block, std::uint32_t place) const;
  void visit(std::uint32_t place, double u, const std::string& how, Counts counts, const BlockView& block,
             BlockScratch& scratch, std::int64_t* row) const;
  void visit_of_own_accord(const VisitsPlan& plan, double factor, DrawKey key, std::int32_t step,
                           std::uint32_t first_occasion, const BlockView& block, BlockScratch& scratch,
                           std::int64_t* row) const;
  void follow_clicks(DrawKey key, std::int32_t step, const BlockView& block, BlockScratch& scratch,
                     std::int64_t* row) const;

  const MarketOptions* options_;
  const Stages* stages_;
  const SharedColumns* shared_;
  TraitTable intent_;
  std::vector<std::array<double, 256>> mean_;  // own visits a step, by segment and code of intent
  Column<std::uint8_t> code_;
  Column<float> slow_, fast_;          // of the focal brand; absent where it has no stocks
  std::vector<std::int64_t> channel_;  // by campaign; -1: not of the focal brand
  Counts own_, by_ads_;
};

}  // namespace populace
