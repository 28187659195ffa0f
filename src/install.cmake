# What others link and include. Both libraries are made of the objects that the command line is made of; of
# their symbols only those of the installed headers can be seen, so that another LLVM (or another version of
# anything in here) may live in the same process.
include(GNUInstallDirs)
include(CMakePackageConfigHelpers)

set(exports ${CMAKE_CURRENT_SOURCE_DIR}/api/exports.map)
get_target_property(api_rooms jitegral_api LINK_LIBRARIES)
add_library(jitegral_shared SHARED $<TARGET_OBJECTS:jitegral_api>)
target_link_libraries(jitegral_shared PRIVATE ${api_rooms})
target_link_options(jitegral_shared PRIVATE -Wl,--exclude-libs,ALL -Wl,--version-script=${exports} -Wl,--gc-sections)
if(NOT JITEGRAL_SANITIZE)  # the sanitizers' own functions come from the program
  target_link_options(jitegral_shared PRIVATE -Wl,--no-undefined)
endif()
target_include_directories(jitegral_shared INTERFACE $<INSTALL_INTERFACE:${CMAKE_INSTALL_INCLUDEDIR}>
                           $<BUILD_INTERFACE:${CMAKE_CURRENT_SOURCE_DIR}/api/include>)
set_target_properties(jitegral_shared PROPERTIES OUTPUT_NAME jitegral EXPORT_NAME jitegral LINK_DEPENDS ${exports}
                      VERSION ${PROJECT_VERSION} SOVERSION ${PROJECT_VERSION_MAJOR}
                      LIBRARY_OUTPUT_DIRECTORY ${PROJECT_BINARY_DIR})

# The static library is one object: the api's, with all that it needs of the rooms, ANTLR and LLVM, and everything
# else made local. What remains to be linked is shared anyway: TBB, fmt, zlib, zstd, z3.
set(static_requires -ltbb -lfmt -lz3 -lz -lzstd -lstdc++ -lm)
if(NOT JITEGRAL_SANITIZE)
  find_program(JITEGRAL_LLVM_CONFIG llvm-config HINTS ${LLVM_TOOLS_BINARY_DIR} NO_DEFAULT_PATH REQUIRED)
  execute_process(COMMAND ${JITEGRAL_LLVM_CONFIG} --link-static --libfiles ${llvm_components}
                  OUTPUT_VARIABLE llvm_archives OUTPUT_STRIP_TRAILING_WHITESPACE COMMAND_ERROR_IS_FATAL ANY)
  separate_arguments(llvm_archives UNIX_COMMAND "${llvm_archives}")
  foreach(room IN LISTS rooms)
    list(APPEND room_archives $<TARGET_FILE:jitegral_${room}>)
  endforeach()
  set(static_library ${PROJECT_BINARY_DIR}/libjitegral.a)
  set(one_object ${CMAKE_CURRENT_BINARY_DIR}/jitegral.o)
  # ld.bfd: it can dissolve COMDAT groups, whose leaders could not be made local otherwise. The initializers (of LLVM and
  # ANTLR) come before those of programs, which may have handles at namespace scope.
  add_custom_command(
    OUTPUT ${static_library}
    COMMAND ld.bfd -r --force-group-allocation --strip-debug -o ${one_object}
            $<TARGET_OBJECTS:jitegral_api> --start-group ${room_archives} $<TARGET_FILE:jitegral_parser>
            ${ANTLR4_ARCHIVE} ${llvm_archives} --end-group
    COMMAND objcopy --wildcard --localize-hidden --keep-global-symbol "jitegral_*" --keep-global-symbol "_ZN8jitegral*"
            --keep-global-symbol "_ZNK8jitegral*" --keep-global-symbol "_ZT?N8jitegral*"
            --rename-section .init_array=.init_array.00101 ${one_object}
    COMMAND ${CMAKE_COMMAND} -E rm -f ${static_library}
    COMMAND ${CMAKE_AR} rcs ${static_library} ${one_object}
    COMMAND ${CMAKE_COMMAND} -E rm ${one_object}
    DEPENDS jitegral_api jitegral_parser ${room_archives}
    COMMAND_EXPAND_LISTS VERBATIM)
  add_custom_target(jitegral_static ALL DEPENDS ${static_library})
  install(FILES ${static_library} DESTINATION ${CMAKE_INSTALL_LIBDIR})
endif()

set(package_dir ${CMAKE_INSTALL_LIBDIR}/cmake/jitegral)
configure_package_config_file(${CMAKE_CURRENT_SOURCE_DIR}/api/jitegralConfig.cmake.in
  ${CMAKE_CURRENT_BINARY_DIR}/jitegralConfig.cmake INSTALL_DESTINATION ${package_dir} PATH_VARS CMAKE_INSTALL_LIBDIR
  CMAKE_INSTALL_INCLUDEDIR)
write_basic_package_version_file(${CMAKE_CURRENT_BINARY_DIR}/jitegralConfigVersion.cmake COMPATIBILITY SameMajorVersion)
list(JOIN static_requires " " static_requires_text)
file(RELATIVE_PATH up "/${CMAKE_INSTALL_LIBDIR}/pkgconfig" "/")
configure_file(api/jitegral.pc.in ${CMAKE_CURRENT_BINARY_DIR}/jitegral.pc @ONLY)

install(TARGETS jitegral RUNTIME DESTINATION ${CMAKE_INSTALL_BINDIR})
install(TARGETS jitegral_shared EXPORT jitegralTargets LIBRARY DESTINATION ${CMAKE_INSTALL_LIBDIR})
install(DIRECTORY api/include/jitegral DESTINATION ${CMAKE_INSTALL_INCLUDEDIR})
install(EXPORT jitegralTargets NAMESPACE jitegral:: DESTINATION ${package_dir})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/jitegralConfig.cmake ${CMAKE_CURRENT_BINARY_DIR}/jitegralConfigVersion.cmake
        DESTINATION ${package_dir})
install(FILES ${CMAKE_CURRENT_BINARY_DIR}/jitegral.pc DESTINATION ${CMAKE_INSTALL_LIBDIR}/pkgconfig)
