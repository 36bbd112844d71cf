// What a household keeps at home: units beyond the need of an occasion, used before anything is bought again.
//
//   at an occasion with stock s > 0 nothing is bought; with chance 1 - p0, that of buying at base, the need is met:
//   s <- s - 1, and with chance `lift` one unit more;     after an order of q units: s <- s + q - 1
//
// so a surplus unit takes the place of exactly one purchase at base, less what is used up because it is there: the dip
// after a promotion. Without surplus nothing is thinned and purchases stay NBD. bought = used + in stock. Sources:
// Blattberg, Eppen & Lieberman 1981, doi:10.1177/002224298104500111 (stockpiling); Ailawadi & Neslin 1998,
// doi:10.2307/3152036 (use grows with stock). Units: units of the category, whatever the brand.
#pragma once
#include <cstdint>
#include <span>
#include <vector>

#include "models/scratch.hpp"
#include "models/world/market_options.hpp"
#include "sim/base/bytes.hpp"
#include "sim/engine/measures.hpp"

namespace populace {

struct HouseholdStockState {
  std::vector<std::int64_t> units;  // by cell
  void save(ByteWriter& out) const { out.put(units); }
  void load(ByteReader& in) { in.get(units); }
};

class HouseholdStock {
 public:
  HouseholdStock(const MarketOptions& options, Layout& layout, MeasureRegistry& registry);
  bool enabled() const { return stock_.exists(); }
  HouseholdStockState make_state(std::size_t n_cells) const { return {std::vector<std::int64_t>(n_cells)}; }
  void build(const BlockView& block) const;
  // Takes occasions that are met from home out of scratch.list; `rejoin` puts back who has more of them.
  void meet(DrawKey key, std::int32_t step, std::uint32_t occasion, const BlockView& block, BlockScratch& scratch,
            std::int64_t* row) const;
  void rejoin(BlockScratch& scratch) const;
  // Room for units beyond the one that is used.
  std::int64_t room(const BlockView& block, std::uint32_t place) const;
  // Keeps what an order holds beyond one unit.
  void keep(const BlockView& block, const BlockScratch& scratch, std::int64_t* row) const;
  void end_step(HouseholdStockState& state, std::span<std::int64_t> cells, std::size_t row_size) const;

 private:
  const MarketOptions* options_;
  Column<std::uint8_t> stock_;
  std::size_t met_ = 0, stored_ = 0, used_ = 0, units_ = 0;
};

}  // namespace populace
