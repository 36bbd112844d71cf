// Stocks of a block over one step, by vectors of consumers; the equations stand in response.hpp.
#pragma once
#include <cstddef>
#include <cstdint>

namespace populace {

struct DoseTerm {
  const std::uint8_t* contacts;
  float slow, fast;               // what a contact adds
  const float* weight = nullptr;  // of each contact; none: 1
};
// A stock over one step: kept = keep A + gain E, read = read_old A + read_new E (model of carry-over in response.hpp).
struct CarryOver {
  float keep, gain, read_old, read_new;
};
struct StockTask {
  const DoseTerm* terms = nullptr;
  std::size_t n_terms = 0;
  CarryOver slow_carry{}, fast_carry{};
  float *slow = nullptr, *fast = nullptr;            // columns
  float *slow_read = nullptr, *fast_read = nullptr;  // out
};
void update_stocks(const StockTask& task, std::uint32_t capacity);
// slow[i] and fast[i] = sums over terms of slow (fast) x contacts; slow counts the weights of contacts, and is not
// below 0.
void weigh_contacts(const DoseTerm* terms, std::size_t n_terms, float* slow, float* fast, std::uint32_t capacity);

}  // namespace populace
