// Plain values to bytes and back, for saved states. Reading past the end or a size that does not match throws.
#pragma once
#include <cstddef>
#include <cstring>
#include <stdexcept>
#include <type_traits>
#include <utility>
#include <vector>

namespace populace {

class ByteWriter {
 public:
  template <class T>
  void put(const T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    const std::size_t at = bytes_.size();
    bytes_.resize(at + sizeof(T));
    std::memcpy(bytes_.data() + at, &value, sizeof(T));
  }
  template <class T>
  void put(const std::vector<T>& values) {
    put(values.size());
    for (const T& value : values) put(value);
  }
  std::vector<std::byte> take() { return std::move(bytes_); }

 private:
  std::vector<std::byte> bytes_;
};

class ByteReader {
 public:
  explicit ByteReader(const std::vector<std::byte>& bytes) : bytes_(&bytes) {}
  template <class T>
  void get(T& value) {
    static_assert(std::is_trivially_copyable_v<T>);
    if (bytes_->size() - at_ < sizeof(T)) throw std::runtime_error("a saved state ends too early");
    std::memcpy(&value, bytes_->data() + at_, sizeof(T));
    at_ += sizeof(T);
  }
  // The vector keeps its size: a state fits only the scenario it was saved from.
  template <class T>
  void get(std::vector<T>& values) {
    std::size_t n = 0;
    get(n);
    if (n != values.size()) throw std::runtime_error("a saved state does not fit this scenario");
    for (T& value : values) get(value);
  }

 private:
  const std::vector<std::byte>* bytes_;
  std::size_t at_ = 0;
};

}  // namespace populace
