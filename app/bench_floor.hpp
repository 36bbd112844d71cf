// The floor: the least time in which this machine could do what a market needs.
//
//   floor of a consumer-step = words of the generator x ns a word  +  bytes touched / bandwidth  +  gathers x ns a
//   gather
//
// ns a word: the generator alone, in registers. Bandwidth: read and write of a buffer much larger than the caches, the
// faster of copying it and of changing it in place. Both are measured in the rounds in which the market is. Words:
// those that every consumer draws in every step, from the model; and those drawn when something happens, from the
// counters of the run, which see a part of them only (a lower bound). Bytes: every column that a step passes over is
// read once and, where it can change in every step, written once; a campaign's columns count for the steps in which it
// runs; columns read when something happens count by the cache lines that this touches. Gathers: looks at another
// consumer's published byte; ns a gather: independent reads of random bytes among as many as there are consumers.
#pragma once
#include <map>
#include <string>
#include <vector>

#include "app/bench_probe.hpp"

namespace populace {

class MachineProbe {
 public:
  // Threads of the second bandwidth; the size of the buffer; bytes among which gathers read.
  MachineProbe(int threads, std::size_t buffer_bytes, std::size_t gather_bytes);
  void add_to(Rounds& rounds);

  double word_ns(const std::string& isa) const { return median(word_ns_.at(isa)); }
  double gigabytes_per_second(bool all_threads) const;
  double gather_ns() const { return median(gather_ns_); }
  double buffer_bytes() const { return static_cast<double>(buffer_.size()) * sizeof(buffer_[0]); }

 private:
  void draw(const std::string& isa);
  void change_in_place(const Threads& threads, std::vector<double>& rates);
  void copy(const Threads& threads, std::vector<double>& rates);
  void gather();

  Threads one_, all_;
  std::vector<std::uint64_t> buffer_;
  std::map<std::string, std::vector<double>> word_ns_;
  std::vector<double> change_one_, change_all_, copy_one_, copy_all_;  // GB/s
  std::vector<std::uint8_t> published_;
  std::vector<double> gather_ns_;
  std::uint32_t folded_ = 0;
};

// What a consumer-step of a market needs, on the mean over the steps of a run.
struct StepNeeds {
  double dense_words = 0;  // drawn whatever happens
  double rare_words = 0;   // drawn because something happened
  double bytes_read = 0, bytes_written = 0;
  double exposures = 0;
  double gathers = 0;  // looks at other consumers
  double words() const { return dense_words + rare_words; }
  double bytes() const { return bytes_read + bytes_written; }
  double floor_ns(double word_ns, double gigabytes_per_second, double gather_ns) const {
    return words() * word_ns + bytes() / gigabytes_per_second + gathers * gather_ns;
  }
};
StepNeeds step_needs(const Market& market, const ReplicationRecord& record);

}  // namespace populace
