// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.helpers;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.util.Set;

/** What holds for the code of an engine, in whichever module it is. Each rule is told for whom it holds. */
public final class CodeRules {
    private CodeRules() {}

    public static ArchRule noClockAndNoThread(DescribedPredicate<? super JavaClass> who) {
        return noClasses()
                .that(who)
                .should()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(Thread.class, "sleep", long.class)
                .orShould()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callConstructor(Thread.class, Runnable.class)
                .orShould()
                .callConstructor(Thread.class, Runnable.class, String.class)
                .orShould()
                .dependOnClassesThat()
                .haveNameMatching(
                        "java\\.util\\.Timer|java\\.util\\.concurrent\\.(Executors|ThreadPoolExecutor|ForkJoinPool)"
                                + "|java\\.util\\.concurrent\\.Scheduled.*");
    }

    public static ArchRule nothingThatNoPhoneNeedsOrAndroidLacks() {
        return noClasses()
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "javax.sound..",
                        "java.awt..",
                        "javax.swing..",
                        "javax.naming..",
                        "java.net.http..",
                        "java.sql..",
                        "java.rmi..");
    }

    public static ArchRule noLookUp(DescribedPredicate<? super JavaClass> who) {
        return noClasses()
                .that(who)
                .should()
                .callMethod(InetAddress.class, "getByName", String.class)
                .orShould()
                .callMethod(InetAddress.class, "getAllByName", String.class)
                .orShould()
                .callMethod(InetAddress.class, "getLocalHost")
                .orShould()
                .callConstructor(InetSocketAddress.class, String.class, int.class);
    }

    public static ArchRule noSocket(DescribedPredicate<? super JavaClass> who) {
        return noClasses()
                .that(who)
                .should()
                .accessClassesThat(resideInAnyPackage("java.nio.channels..")
                        .or(describe(
                                "classes of java.net other than addresses",
                                (JavaClass type) -> type.getPackageName().equals("java.net")
                                        && !type.getSimpleName().startsWith("Inet")
                                        // An address written down; it opens nothing without java.net.URL.
                                        && !type.getSimpleName().startsWith("URI")
                                        // That there is none, said to a library.
                                        && !type.getSimpleName().equals("Proxy")
                                        && !type.getSimpleName().equals("UnknownHostException")
                                        && !type.getSimpleName().equals("SocketAddress"))));
    }

    /** An interface has more than one implementation, or parts two packages. */
    public static ArchRule noInterfaceForOne(DescribedPredicate<? super JavaClass> who) {
        return noClasses()
                .that(describe("are interfaces", JavaClass::isInterface))
                .and(who)
                .should(new ArchCondition<JavaClass>("have one implementation alone, and that beside them") {
                    @Override
                    public void check(JavaClass type, ConditionEvents events) {
                        Set<JavaClass> made = type.getAllSubclasses();
                        if (made.size() == 1
                                && made.iterator().next().getPackageName().equals(type.getPackageName())) {
                            events.add(
                                    SimpleConditionEvent.satisfied(type, type.getName() + " has one implementation"));
                        }
                    }
                });
    }
}
