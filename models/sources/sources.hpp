// Sources of information: where people look between need and decision, and what they find.
//
//   wish for source s in a step:  u_s < 1 - (1 - w_s (1 - e_s (1 - v)))^dt     w_s chance a week; one draw a source
//   common entrance: whoever consults a search engine is led to each other source with chance l: w -> 1 - (1 - w)(1 -
//   l) islands:         wishes are granted from the most urgent (least u_s / chance) on; after each, search stops for
//   this
//                    step with chance c
//   information I += i_s;   brand b is found with chance presence_s,b
//   enough:  I >= T(v) = T_low + v (T_high - T_low):   nobody consults further, and search is left
//
// Whoever is in search or evaluate of an extended purchase consults in every step; a purchase made at once consults at
// the occasion, as in one week. At the decision a brand that was found is known and considered, and has the utility of
// information once. Information is kept in sixteenths. Sources: seed documents S26, M3 (sources weigh by user), S46,
// H40 (entrance and islands); values assumed. See docs/methods/sources.md.
#pragma once
#include <array>
#include <cstdint>
#include <memory>
#include <vector>

#include "models/population/traits.hpp"
#include "models/scratch.hpp"
#include "models/shared_columns.hpp"
#include "models/sources/live_sources.hpp"
#include "models/stages/stages.hpp"
#include "models/world/market_options.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

class Sources {
 public:
  Sources(const MarketOptions& options, const Traits& traits, const Stages& stages, SharedColumns& shared,
          Layout& layout, MeasureRegistry& registry);
  void add_kpis(MeasureRegistry& registry) const;
  void prepare(BlockScratch& scratch) const { scratch.source_words.resize(sources_.size()); }

  void build(const BlockView& block) const;
  // Those who are in search or evaluate consult. Leaves in scratch.list who consulted a search engine.
  void search(const Inquiry& inquiry, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  // What clicks at such a query told of brands (scratch.informed) is found, too.
  void keep_informed(const BlockView& block, const BlockScratch& scratch) const;
  // Purchases in scratch.list that are made at once consult now, and have scratch.involvement beside them.
  void at_occasion(const Inquiry& inquiry, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;
  // Decisions of episodes in scratch.list bring what was found on the way.
  void recall(const Voices& voices, const BlockView& block, BlockScratch& scratch, std::int64_t* row) const;

 private:
  struct Source {
    const SourceOptions* options;
    bool engine = false;
    std::vector<std::array<float, 256>> in_step, at_once;  // chance by segment and code of involvement
    std::vector<std::array<std::uint8_t, 256>> near;       // by region and code of distance; none: any distance
    std::vector<double> presence;                          // by brand
    std::vector<std::uint32_t> hash_of_brand;              // of source and brand
    std::uint32_t hash = 0;                                // of its name
    double sixteenths = 16;
  };
  struct Wish {
    float urgency;
    std::uint32_t hash;
    std::size_t source;
  };
  struct Seeker {  // one consumer's search in one step
    std::uint32_t place = 0, k = 0;
    std::uint8_t code = 128;  // of involvement
    int information = 0;      // sixteenths
    std::uint32_t found = 0;
    bool engine = false, website = false;
  };
  void draw(const Moment& moment, const BlockView& block, BlockScratch& scratch) const;
  std::size_t find_wishes(const Inquiry& inquiry, const Seeker& seeker, const BlockView& block,
                          const BlockScratch& scratch, Wish* wishes) const;
  void consult(const Inquiry& inquiry, const BlockView& block, BlockScratch& scratch, Seeker& seeker,
               std::int64_t* row) const;
  std::string found_text(std::uint32_t bits) const;
  std::uint32_t find_brands(std::size_t source, const Moment& moment, std::uint64_t id) const;
  void finish(const Seeker& seeker, std::uint32_t occasion, const BlockView& block, BlockScratch& scratch) const;
  void lift(const Voices& voices, std::uint32_t found, std::uint32_t k, BlockScratch& scratch, std::int64_t* row) const;

  const MarketOptions* options_;
  const Stages* stages_;
  const SharedColumns* shared_;
  std::size_t focal_;
  std::vector<Source> sources_;
  std::unique_ptr<LiveSources> live_;
  std::array<int, 256> enough_{};  // sixteenths by code of involvement
  double log_go_on_ = 0;           // of the chance to go on to a further island
  std::size_t consultations_ = 0, found_ = 0, informed_ = 0, seekers_ = 0;  // slots
};

}  // namespace populace
