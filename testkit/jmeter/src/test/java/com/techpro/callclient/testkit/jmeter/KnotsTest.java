// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.helpers.ClassKnots;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import org.junit.jupiter.api.Test;

/** As {@code TestkitReachTest} of the rest of the testkit. */
class KnotsTest {
    @Test
    void no_package_has_many_classes_that_all_reach_each_other() {
        assertThat(ClassKnots.tooLarge(new ClassFileImporter()
                        .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                        .importPackages("com.techpro.callclient.testkit.jmeter")))
                .isEmpty();
    }
}
