// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.adapters.phonesystems;

import static com.tngtech.archunit.base.DescribedPredicate.alwaysTrue;
import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.name;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;

import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.testkit.helpers.CodeRules;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchRule;

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
    static final ArchRule C12_what_no_phone_needs_or_Android_lacks_is_absent =
            CodeRules.nothingThatNoPhoneNeedsOrAndroidLacks();

    @ArchTest
    static final ArchRule nobody_reads_a_clock_or_makes_a_thread = CodeRules.noClockAndNoThread(alwaysTrue());

    @ArchTest
    static final ArchRule S5_sockets_come_from_the_login_s_context =
            // A socket that a library would have looked up and connected past the guard.
            CodeRules.noSocket(not(name(HERE + ".imap.ImapSocket")));

    @ArchTest
    static final ArchRule S5_names_are_looked_up_by_the_login_s_resolver =
            // This one reads literal addresses, which asks nobody.
            CodeRules.noLookUp(not(simpleName("LiteralAddress")));

    @ArchTest
    static final ArchRule S5_the_network_is_reached_through_the_login_s_context_alone = noClasses()
            .should()
            .dependOnClassesThat()
            .haveFullyQualifiedName("com.techpro.callclient.stack.jdk.JdkNetwork");

    @ArchTest
    static final ArchRule an_interface_has_more_than_one_implementation_or_parts_two_packages =
            CodeRules.noInterfaceForOne(alwaysTrue());

    @ArchTest
    static final ArchRule no_package_needs_one_that_needs_it =
            slices().matching(HERE + ".(*)..").should().beFreeOfCycles();
}
