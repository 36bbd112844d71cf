// HDF5 writing to a descriptor of ours. HDF5 cannot close a file whose writes fail, so on a full disk this driver notes
// the first error, tells HDF5 that all is well, and lets the owner look: the file closes cleanly and is then thrown
// away.
#pragma once
#include "results/hdf5/handle.hpp"

namespace populace {

struct Sink {
  int descriptor = -1;
  int error_number = 0;  // errno of the first write that failed; 0: none
};

// A file access property list that writes to `sink`, which must outlive the file.
Handle sink_access(Sink& sink);

}  // namespace populace
