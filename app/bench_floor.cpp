#include "app/bench_floor.hpp"

#include <algorithm>
#include <cmath>
#include <cstring>

#include "sim/random/batch.hpp"
#include "sim/random/isa.hpp"

namespace populace {
namespace {

constexpr std::size_t kTilesAtOnce = 4096;
constexpr std::size_t kPieces = 64;  // of the buffer, for threads

}  // namespace

MachineProbe::MachineProbe(int threads, std::size_t buffer_bytes, std::size_t gather_bytes)
    : one_(1),
      all_(threads),
      buffer_(buffer_bytes / sizeof(std::uint64_t) / (2 * kPieces) * (2 * kPieces), 1),
      published_(gather_bytes, 1) {}

void MachineProbe::add_to(Rounds& rounds) {
  for (const std::string& isa : available_isas()) rounds.add([this, isa] { draw(isa); });
  rounds.add([this] { change_in_place(one_, change_one_); });
  rounds.add([this] { copy(one_, copy_one_); });
  rounds.add([this] { gather(); });
  if (all_.count() == 1) return;
  rounds.add([this] { change_in_place(all_, change_all_); });
  rounds.add([this] { copy(all_, copy_all_); });
}

void MachineProbe::draw(const std::string& isa) {
  const std::string before = isa_in_use();
  force_isa(isa);
  const DrawStream stream = make_stream({1, folded_}, {1, 1, 1});
  const double seconds = seconds_of([&] {
    for (std::uint32_t k = 0; k < 8; ++k) folded_ ^= fold_words(stream, k * kTilesAtOnce, kTilesAtOnce);
  });
  force_isa(before);
  word_ns_[isa].push_back(1e9 * seconds / (8. * kTilesAtOnce * kTileSize));
}

void MachineProbe::change_in_place(const Threads& threads, std::vector<double>& rates) {
  const std::size_t piece = buffer_.size() / kPieces;
  const double seconds = seconds_of([&] {
    threads.for_each(kPieces, [&](std::size_t k) {
      std::uint64_t* at = buffer_.data() + k * piece;
      for (std::size_t i = 0; i < piece; ++i) at[i] += 1;
    });
  });
  rates.push_back(2e-9 * buffer_bytes() / seconds);
}

// The first half of each piece to its second half: half of the buffer is read and half is written.
void MachineProbe::copy(const Threads& threads, std::vector<double>& rates) {
  const std::size_t piece = buffer_.size() / kPieces;
  const double seconds = seconds_of([&] {
    threads.for_each(kPieces, [&](std::size_t k) {
      std::uint64_t* at = buffer_.data() + k * piece;
      std::memcpy(at + piece / 2, at, piece / 2 * sizeof *at);
    });
  });
  rates.push_back(1e-9 * buffer_bytes() / seconds);
}

// Addresses by multiplication, so that the next does not wait for what the last one read.
void MachineProbe::gather() {
  constexpr std::uint64_t kReads = 1 << 20;
  std::uint32_t sum = 0;
  const double seconds = seconds_of([&] {
    for (std::uint64_t k = folded_; k < folded_ + kReads; ++k)
      sum += published_[(k * 0x9E3779B97F4A7C15u >> 32) * published_.size() >> 32];
  });
  folded_ ^= sum;
  gather_ns_.push_back(1e9 * seconds / kReads);
}

double MachineProbe::gigabytes_per_second(bool all_threads) const {
  if (all_threads && all_.count() > 1) return std::max(median(change_all_), median(copy_all_));
  return std::max(median(change_one_), median(copy_one_));
}

}  // namespace populace
