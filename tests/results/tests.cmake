# The results file in other people's hands: h5dump, h5py, xarray and pandas. Python needs the packages of scripts/setup --tests.
if(NOT TARGET test_results)  # the thread sanitizer's build has no such program
  return()
endif()
set(contract_folder ${CMAKE_BINARY_DIR}/tests/results/contract)
add_test(NAME results_contract_files COMMAND test_results [.contract])
set_tests_properties(results_contract_files PROPERTIES FIXTURES_SETUP results_contract)

find_program(POPULACE_H5DUMP h5dump)
if(POPULACE_H5DUMP)
  add_test(NAME results_h5dump COMMAND ${POPULACE_H5DUMP} -H ${contract_folder}/run.h5)
  set_tests_properties(results_h5dump PROPERTIES FIXTURES_REQUIRED results_contract
                       PASS_REGULAR_EXPRESSION "DATASET \"orders\"")
endif()
if(EXISTS ${POPULACE_CONTRACT_PYTHON})
  add_test(NAME results_xarray COMMAND ${POPULACE_CONTRACT_PYTHON} ${CMAKE_CURRENT_LIST_DIR}/read_with_xarray.py ${contract_folder})
  set_tests_properties(results_xarray PROPERTIES FIXTURES_REQUIRED results_contract)
else()
  message(STATUS "results_xarray is left out: no ${POPULACE_CONTRACT_PYTHON} (scripts/setup --tests makes it)")
endif()
