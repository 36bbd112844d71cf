#include "sim/random/batch.hpp"

#include <algorithm>

#undef HWY_TARGET_INCLUDE
#define HWY_TARGET_INCLUDE "sim/random/batch.cpp"
#include <hwy/foreach_target.h>
#include <hwy/highway.h>

#include "sim/random/draw-inl.hpp"
#include "sim/random/math-inl.hpp"
#include "sim/random/split-inl.hpp"

HWY_BEFORE_NAMESPACE();
namespace populace {
namespace HWY_NAMESPACE {
namespace {

void draw_words_kernel(const DrawStream& stream, std::uint32_t first_tile, std::size_t n_tiles, std::uint32_t* out) {
  const U32 d;
  for (std::size_t t = 0; t < n_tiles; ++t)
    for (std::size_t q = 0; q < kQuadsPerTile; ++q) {
      const Quad w = draw_quad(stream, first_tile + static_cast<std::uint32_t>(t), q);
      std::uint32_t* at = out + t * kTileSize + q * kLanes;
      hn::StoreU(w.w0, d, at);
      hn::StoreU(w.w1, d, at + 16);
      hn::StoreU(w.w2, d, at + 32);
      hn::StoreU(w.w3, d, at + 48);
    }
}

std::uint32_t fold_words_kernel(const DrawStream& stream, std::uint32_t first_tile, std::size_t n_tiles) {
  const U32 d;
  VU sum = hn::Zero(d);
  for (std::size_t t = 0; t < n_tiles; ++t)
    for (std::size_t q = 0; q < kQuadsPerTile; ++q) {
      const Quad w = draw_quad(stream, first_tile + static_cast<std::uint32_t>(t), q);
      sum = hn::Xor(sum, hn::Xor(hn::Xor(w.w0, w.w1), hn::Xor(w.w2, w.w3)));
    }
  alignas(64) std::uint32_t lanes[16] = {};
  hn::Store(sum, d, lanes);
  std::uint32_t folded = 0;
  for (const std::uint32_t lane : lanes) folded ^= lane;
  return folded;
}

void draw_words_at_kernel(const DrawStream& stream, std::uint32_t first_tile, const std::uint32_t* places,
                          std::size_t n, std::uint32_t* out) {
  const U32 d;
  for (std::size_t i = 0; i < n; i += kLanes)
    hn::StoreU(draw_for_places(stream, first_tile, hn::LoadU(d, places + i)), d, out + i);
}

void draw_word_pairs_at_kernel(const DrawStream& stream, std::uint32_t first_tile, const std::uint32_t* places,
                               std::size_t n, std::uint32_t* first, std::uint32_t* second) {
  const U32 d;
  const VU first_id = hn::Set(d, first_tile * kTileSize);
  for (std::size_t i = 0; i < n; i += kLanes) {
    const Quad words = philox(stream, hn::Add(first_id, hn::LoadU(d, places + i)));
    hn::StoreU(words.w0, d, first + i);
    hn::StoreU(words.w1, d, second + i);
  }
}

void draw_split_words_kernel(const DrawStream& stream, std::uint32_t first_tile, std::size_t n_tiles,
                             std::uint16_t* upper, std::uint32_t* whole) {
  SplitWords words(stream);
  for (std::size_t t = 0; t < n_tiles; ++t) {
    const auto tile = first_tile + static_cast<std::uint32_t>(t);
    std::copy_n(words.upper(tile), kTileSize, upper + t * kTileSize);
    words.whole(tile, whole + t * kTileSize);
  }
}

void exp_kernel(const float* x, std::size_t n, float* out) {
  const F32 d;
  for (std::size_t i = 0; i < n; i += kLanes) hn::StoreU(vector_exp(d, hn::LoadU(d, x + i)), d, out + i);
}

void log_kernel(const float* x, std::size_t n, float* out) {
  const F32 d;
  for (std::size_t i = 0; i < n; i += kLanes) hn::StoreU(vector_log(d, hn::LoadU(d, x + i)), d, out + i);
}

void scores_kernel(const std::uint32_t* words, std::size_t n, float* out) {
  for (std::size_t i = 0; i < n; i += kLanes) hn::StoreU(vector_score(hn::LoadU(U32(), words + i)), F32(), out + i);
}

}  // namespace
}  // namespace HWY_NAMESPACE
}  // namespace populace
HWY_AFTER_NAMESPACE();

#if HWY_ONCE
namespace populace {
namespace {
HWY_EXPORT(draw_words_kernel);
HWY_EXPORT(fold_words_kernel);
HWY_EXPORT(draw_words_at_kernel);
HWY_EXPORT(draw_word_pairs_at_kernel);
HWY_EXPORT(draw_split_words_kernel);
HWY_EXPORT(exp_kernel);
HWY_EXPORT(log_kernel);
HWY_EXPORT(scores_kernel);
}  // namespace

void draw_words(const DrawStream& stream, std::uint32_t first_tile, std::size_t n_tiles, std::uint32_t* out) {
  HWY_DYNAMIC_DISPATCH(draw_words_kernel)(stream, first_tile, n_tiles, out);
}
std::uint32_t fold_words(const DrawStream& stream, std::uint32_t first_tile, std::size_t n_tiles) {
  return HWY_DYNAMIC_DISPATCH(fold_words_kernel)(stream, first_tile, n_tiles);
}
void draw_words_at(const DrawStream& stream, std::uint32_t first_tile, const std::uint32_t* places, std::size_t n,
                   std::uint32_t* out) {
  HWY_DYNAMIC_DISPATCH(draw_words_at_kernel)(stream, first_tile, places, n, out);
}
void draw_word_pairs_at(const DrawStream& stream, std::uint32_t first_tile, const std::uint32_t* places, std::size_t n,
                        std::uint32_t* first, std::uint32_t* second) {
  HWY_DYNAMIC_DISPATCH(draw_word_pairs_at_kernel)(stream, first_tile, places, n, first, second);
}
void draw_split_words(const DrawStream& stream, std::uint32_t first_tile, std::size_t n_tiles, std::uint16_t* upper,
                      std::uint32_t* whole) {
  HWY_DYNAMIC_DISPATCH(draw_split_words_kernel)(stream, first_tile, n_tiles, upper, whole);
}
std::uint32_t split_word_at(const DrawStream& stream, std::uint32_t first_tile, std::uint32_t place) {
  std::uint16_t upper[kTileSize];
  std::uint32_t whole[kTileSize];
  draw_split_words(stream, first_tile + place / kTileSize, 1, upper, whole);
  return whole[place % kTileSize];
}
void exp_all(const float* x, std::size_t n, float* out) { HWY_DYNAMIC_DISPATCH(exp_kernel)(x, n, out); }
void log_all(const float* x, std::size_t n, float* out) { HWY_DYNAMIC_DISPATCH(log_kernel)(x, n, out); }
void scores_of(const std::uint32_t* words, std::size_t n, float* out) {
  HWY_DYNAMIC_DISPATCH(scores_kernel)(words, n, out);
}
}  // namespace populace
#endif
