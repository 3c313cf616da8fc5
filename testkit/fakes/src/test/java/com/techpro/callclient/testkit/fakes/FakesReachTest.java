// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.fakes;

import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** Limits the fakes' use of the engine's internals to these classes (docs/decisions/0003). */
class FakesReachTest {
    private static final String INTERNAL = "com\\.techpro\\.callclient\\.(engine\\.internal|stack)\\.";

    @Test
    void the_fakes_share_rules_addresses_and_the_order_of_callbacks_with_the_engine() {
        Set<String> touched = new TreeSet<>();
        for (JavaClass user : new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages("com.techpro.callclient.testkit.fakes")) {
            user.getDirectDependenciesFromSelf().stream()
                    .map(dependency ->
                            dependency.getTargetClass().getBaseComponentType().getName())
                    .filter(name -> name.matches(INTERNAL + ".*"))
                    .map(name -> name.replaceFirst(INTERNAL, "").replaceFirst("\\$.*", ""))
                    .forEach(touched::add);
        }

        assertThat(touched)
                .containsExactly(
                        "call.CallCommands",
                        "call.machine.CommandRules",
                        "call.party.DialTarget",
                        "call.party.RemoteParty",
                        "history.CallOutcomes",
                        "loop.HostStage",
                        "loop.PendingAnswers",
                        "loop.SerialExecutor",
                        "sip.message.NameAddr");
    }
}
