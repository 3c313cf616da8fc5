// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.AccessTarget;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import org.junit.jupiter.api.Test;

/** Promises that the engine's class files show by what they use. Part of {@link PrivacyPromises}. */
interface ClassFilePromises {
    /** Read by the first test that needs it. */
    final class Engine {
        static final JavaClasses CLASSES = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPackages(
                        "com.techpro.callclient.engine",
                        "com.techpro.callclient.stack",
                        "com.techpro.callclient.adapters.phonesystems",
                        "com.techpro.callclient.ports");
    }

    @Test
    default void C12_no_class_of_the_engine_can_ask_for_anything_else() {
        noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "android..",
                        "java.awt..",
                        "javax.swing..",
                        "javax.sound..",
                        "javax.print..",
                        "java.sql..",
                        "java.rmi..",
                        "java.util.prefs..",
                        "javax.naming..")
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching("(?!com\\.techpro\\.).*(Location|Geo|Camera|Clipboard|Bluetooth|Telephony)[A-Za-z]*")
                .orShould()
                .callMethod(System.class, "getenv")
                .orShould()
                .callMethod(System.class, "getenv", String.class)
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.net.NetworkInterface")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.lang.ProcessBuilder")
                .check(Engine.CLASSES);
    }

    @Test
    default void S3_nothing_but_the_sealed_voicemail_cache_can_write_a_file() {
        noClasses()
                .that()
                .resideOutsideOfPackage("com.techpro.callclient.engine.internal.voicemail.cache")
                .should()
                .dependOnClassesThat()
                .haveNameMatching("java\\.io\\.(File(Output|Writer|Random).*|RandomAccessFile)")
                .orShould()
                .dependOnClassesThat()
                .haveFullyQualifiedName("java.nio.channels.FileChannel")
                .orShould()
                .callMethodWhere(JavaCall.Predicates.target(DescribedPredicate.describe(
                        "Files.write, copy, create and move",
                        (AccessTarget target) -> target.getOwner().isEquivalentTo(Files.class)
                                && target.getName().matches("(write|copy|create|move|new(Buffered|Output|Byte)).*"))))
                .check(Engine.CLASSES);
    }

    @Test
    default void T3_no_class_of_the_engine_is_of_an_advertiser_or_an_analyst() {
        assertThat(Engine.CLASSES.stream()
                        .flatMap(type -> type.getDirectDependenciesFromSelf().stream())
                        .map(dependency -> dependency.getTargetClass().getName())
                        .filter(name ->
                                name.matches("(?i).*(analytics|crashlytics|sentry|firebase|advert|telemetry).*")))
                .isEmpty();
    }
}
