// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.testkit.helpers.ClassKnots;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;
import java.util.List;
import java.util.Set;

/** As the engine's own rules: who reads secrets, who opens sockets, and what Android lacks. */
@AnalyzeClasses(
        packages = "com.techpro.callclient.adapters.phonesystems",
        importOptions = ImportOption.DoNotIncludeTests.class)
class PhoneSystemsArchitectureTest {
    private static final String HERE = "com.techpro.callclient.adapters.phonesystems";

    @ArchTest
    static final ArchRule C1_only_authenticators_read_secrets = noClasses()
            .that()
            // Includes the writer that the form is put together in.
            .haveNameNotMatching(".*\\.AcrobitsForm.*")
            .and()
            .doNotHaveFullyQualifiedName(HERE + ".provisioning.BasicAuthorization")
            .and()
            .doNotHaveFullyQualifiedName(HERE + ".provisioning.OneTimeCode")
            .and()
            .doNotHaveFullyQualifiedName(HERE + ".imap.ImapLogin")
            .and()
            // Tokens go into a header, as the one time code does.
            .doNotHaveFullyQualifiedName(HERE + ".wazo.WazoTokens")
            .should()
            .callMethod(SecretAccess.class, "forAuthenticators")
            .orShould()
            .callMethod(SecretAccess.class, "forKeyDerivation");

    @ArchTest
    static final ArchRule what_Android_lacks_is_absent = noClasses()
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("java.awt..", "javax.naming..", "java.net.http..", "java.sql..", "java.rmi..");

    @ArchTest
    static final ArchRule nobody_reads_a_clock_or_makes_a_thread = noClasses()
            .should()
            .callMethod(System.class, "nanoTime")
            .orShould()
            .callMethod(System.class, "currentTimeMillis")
            .orShould()
            .callMethod(Thread.class, "sleep", long.class)
            .orShould()
            .callMethod(java.time.Instant.class, "now")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching(
                    "java\\.lang\\.Thread\\$Builder|java\\.util\\.Timer|java\\.util\\.concurrent\\.Executors");

    @ArchTest
    static final ArchRule S5_sockets_come_from_the_login_s_context = noClasses()
            .that()
            // A socket that a library would have looked up and connected past the guard.
            .doNotHaveFullyQualifiedName(HERE + ".imap.ImapSocket")
            .should()
            .accessClassesThat(resideInAnyPackage("java.nio.channels..")
                    .or(DescribedPredicate.describe(
                            "what opens sockets or looks names up",
                            (JavaClass type) ->
                                    Set.of("Socket", "ServerSocket", "DatagramSocket", "URL", "URLConnection")
                                                    .contains(type.getSimpleName())
                                            && type.getPackageName().equals("java.net"))));

    @ArchTest
    static final ArchRule no_package_needs_one_that_needs_it =
            slices().matching(HERE + ".(*)..").should().beFreeOfCycles();

    @ArchTest
    static void no_package_has_many_classes_that_all_reach_each_other(JavaClasses classes) {
        assertThat(ClassKnots.of(classes).values().stream().flatMap(List::stream))
                .isNotEmpty()
                .allSatisfy(knot -> assertThat(knot).hasSizeLessThanOrEqualTo(5));
    }
}
