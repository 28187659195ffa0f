# What stands around the program: man page and shell completions, which the program itself writes from its tables, and
# the .deb that brings all of them (`cpack -G DEB` in the build folder).
include(GNUInstallDirs)
set(desk ${PROJECT_BINARY_DIR}/desk)
set(desk_files "")
foreach(pair man=jitegral.1 bash=jitegral.bash zsh=_jitegral fish=jitegral.fish)
  string(REGEX MATCH "(.*)=(.*)" _ ${pair})
  set(kind ${CMAKE_MATCH_1})
  set(file ${desk}/${CMAKE_MATCH_2})
  add_custom_command(OUTPUT ${file} COMMAND ${CMAKE_COMMAND} -E make_directory ${desk}
                     COMMAND jitegral generate ${kind} > ${file} DEPENDS jitegral VERBATIM)
  list(APPEND desk_files ${file})
endforeach()
add_custom_target(desk ALL DEPENDS ${desk_files})

install(TARGETS jitegral COMPONENT program)
install(FILES ${desk}/jitegral.1 DESTINATION ${CMAKE_INSTALL_MANDIR}/man1 COMPONENT program)
install(FILES ${desk}/jitegral.bash DESTINATION ${CMAKE_INSTALL_DATADIR}/bash-completion/completions RENAME jitegral
        COMPONENT program)
install(FILES ${desk}/_jitegral DESTINATION ${CMAKE_INSTALL_DATADIR}/zsh/vendor-completions COMPONENT program)
install(FILES ${desk}/jitegral.fish DESTINATION ${CMAKE_INSTALL_DATADIR}/fish/vendor_completions.d COMPONENT program)
install(FILES ${PROJECT_SOURCE_DIR}/LICENSE DESTINATION ${CMAKE_INSTALL_DATADIR}/doc/jitegral RENAME copyright
        COMPONENT program)

set(CPACK_GENERATOR DEB)
set(CPACK_PACKAGE_NAME jitegral)
set(CPACK_PACKAGING_INSTALL_PREFIX /usr)
set(CPACK_COMPONENTS_ALL program)
set(CPACK_STRIP_FILES ON)
set(CPACK_DEB_COMPONENT_INSTALL ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_NAME jitegral)
set(CPACK_DEBIAN_FILE_NAME DEB-DEFAULT)
set(CPACK_DEBIAN_PACKAGE_MAINTAINER "jitegral developers")
set(CPACK_DEBIAN_PACKAGE_SECTION math)
set(CPACK_DEBIAN_PACKAGE_SHLIBDEPS ON)
set(CPACK_DEBIAN_PROGRAM_PACKAGE_RECOMMENDS gnuplot-nox)
set(CPACK_DEBIAN_PROGRAM_DESCRIPTION "integrates the formula you type
 Formulas are compiled to native SIMD code while you wait and integrated
 with an error that holds.")
include(CPack)
