// Draws and functions for whole arrays, on the best instruction set of the machine.
#pragma once
#include <cstddef>
#include <cstdint>

#include "sim/random/philox_rounds.hpp"

namespace populace {

// out[64 n_tiles]: the words of consumers 64 first_tile … in order.
void draw_words(const DrawStream& stream, std::uint32_t first_tile, std::size_t n_tiles, std::uint32_t* out);
// Exclusive-or of the same words, which touches no memory: the cost of a word, and nothing else.
std::uint32_t fold_words(const DrawStream& stream, std::uint32_t first_tile, std::size_t n_tiles);
// out[n]: words of the consumers at `places` of a block that starts at first_tile. Arrays have room for n rounded up
// to 16.
void draw_words_at(const DrawStream& stream, std::uint32_t first_tile, const std::uint32_t* places, std::size_t n,
                   std::uint32_t* out);
// Words 0 and 1 of a counter of his own (draw.hpp) for each of them; ids lie below 2^32.
void draw_word_pairs_at(const DrawStream& stream, std::uint32_t first_tile, const std::uint32_t* places, std::size_t n,
                        std::uint32_t* first, std::uint32_t* second);
// One of the words of draw_words_at.
inline std::uint32_t word_at(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t place) {
  const std::uint32_t places[16] = {place};
  std::uint32_t words[16];
  draw_words_at(stream, first_tile, places, 1, words);
  return words[0];
}
// The same of split words (draw.hpp).
std::uint32_t split_word_at(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t place);
// out[64 n_tiles]: upper halves of split words of consumers 64 first_tile … in order, and whole words.
void draw_split_words(const DrawStream& stream, std::uint32_t first_tile, std::size_t n_tiles, std::uint16_t* upper,
                      std::uint32_t* whole);
// out[i] = exp(x[i]), log(x[i]); n rounded up to 16 is read and written.
void exp_all(const float* x, std::size_t n, float* out);
void log_all(const float* x, std::size_t n, float* out);
// Standard normal scores of words: Phi^-1((word + 1/2) / 2^32) within 1e-6 where |z| < 2, 4e-6 where
// |z| < 5.4 and .003 beyond (7e-8 of all); n rounded up to 16 is read and written.
void scores_of(const std::uint32_t* words, std::size_t n, float* out);
inline float score_of(std::uint32_t word) {
  const std::uint32_t words[16] = {word};
  float scores[16];
  scores_of(words, 1, scores);
  return scores[0];
}

}  // namespace populace
