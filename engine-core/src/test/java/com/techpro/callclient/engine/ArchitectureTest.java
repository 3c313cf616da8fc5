// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static com.tngtech.archunit.base.DescribedPredicate.not;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideOutsideOfPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.simpleName;
import static com.tngtech.archunit.core.domain.properties.HasName.Predicates.nameMatching;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.secret.SecretAccess;
import com.techpro.callclient.testkit.helpers.ClassKnots;
import com.techpro.callclient.testkit.helpers.CodeRules;
import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.Dependency;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.junit.AnalyzeClasses;
import com.tngtech.archunit.junit.ArchTest;
import com.tngtech.archunit.lang.ArchCondition;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.ConditionEvents;
import com.tngtech.archunit.lang.SimpleConditionEvent;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.TreeSet;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** Which part may use which, and what none may use. */
@AnalyzeClasses(
        packages = {"com.techpro.callclient.engine", "com.techpro.callclient.stack"},
        importOptions = ImportOption.DoNotIncludeTests.class)
class ArchitectureTest {
    private static final String ENGINE = "com.techpro.callclient.engine";
    private static final String STACK = "com.techpro.callclient.stack";
    private static final String SIP = STACK + ".sip";

    /** What a host sees, and how high: each names only what is lower, or as high and of one kind. */
    private static final Map<String, Integer> EXPORTED = Map.ofEntries(
            Map.entry(ENGINE + ".failure", 0),
            Map.entry(ENGINE + ".lock", 0),
            Map.entry(ENGINE + ".privacy", 0),
            Map.entry(ENGINE + ".tone", 0),
            Map.entry(ENGINE + ".call", 1),
            Map.entry(ENGINE + ".people", 2),
            Map.entry(ENGINE + ".presence", 2),
            Map.entry(ENGINE + ".message", 2),
            Map.entry(ENGINE + ".voicemail", 3),
            Map.entry(ENGINE + ".conference", 3),
            // A report is of the whole client, and the client gives it: these two know each other.
            Map.entry(ENGINE + ".diagnostics", 4),
            Map.entry(ENGINE, 4));

    /** The doors from what a host sees to what is behind it: static methods of one line. */
    private static final Map<String, String> DOORS = Map.of(
            ENGINE + ".CallClient", ENGINE + ".internal.client.ClientHandle",
            ENGINE + ".SipRegistrar", ENGINE + ".internal.account.login.SipOnlyPhoneSystem",
            ENGINE + ".diagnostics.DiagnosticsReport", ENGINE + ".internal.diagnostics.ReportJson");

    private static final Pattern LOCK = Pattern.compile("\\bsynchronized(\\b|[A-Z])|\\b(Reentrant|Stamped)\\w*Lock\\b");
    /** The files with a lock. All other state belongs to one thread. */
    private static final Set<String> LOCKS = Set.of(
            // hand-offs between threads
            "Coroutine.java",
            "IoLoop.java",
            "JdkPoller.java",
            "JdkStream.java",
            "SerialExecutor.java",
            "SipTraceQueue.java",
            // grants
            "EgressGrant.java",
            "MediaGrant.java",
            "PermittedDestinations.java",
            // keys
            "DtlsIdentities.java",
            "DtlsIdentity.java",
            "SealedChunks.java",
            "Secret.java",
            // cached bytes
            "FileChunks.java",
            "MemoryChunks.java",
            // The exception: sessions are opened on workers, and closed on the loops.
            "MediaEngine.java");

    @ArchTest
    static final ArchRule exported_packages_hold_no_behaviour = noClasses()
            .that(DescribedPredicate.describe(
                    "are exported, and no door", type -> isExported(type) && !DOORS.containsKey(type.getName())))
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINE + ".internal..", STACK + "..");

    @ArchTest
    static final ArchRule a_door_leads_to_one_class = noClasses()
            .that(DescribedPredicate.describe("are doors", type -> DOORS.containsKey(type.getName())))
            .should(new ArchCondition<JavaClass>("know more than what is behind them") {
                @Override
                public void check(JavaClass door, ConditionEvents events) {
                    door.getDirectDependenciesFromSelf().stream()
                            .filter(use -> isInside(use.getTargetClass().getPackageName()))
                            .filter(use -> !use.getTargetClass().getName().equals(DOORS.get(door.getName())))
                            .forEach(use -> events.add(SimpleConditionEvent.satisfied(door, use.getDescription())));
                }
            });

    @ArchTest
    static final ArchRule exported_packages_name_only_those_below_them = noClasses()
            .that(DescribedPredicate.describe("are exported", ArchitectureTest::isExported))
            .should(new ArchCondition<JavaClass>("name an exported package above their own") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    type.getDirectDependenciesFromSelf().stream()
                            .filter(use ->
                                    EXPORTED.getOrDefault(use.getTargetClass().getPackageName(), 0)
                                            > EXPORTED.get(type.getPackageName()))
                            .forEach(use -> events.add(SimpleConditionEvent.satisfied(type, use.getDescription())));
                }
            });

    @ArchTest
    static final ArchRule no_package_needs_one_that_needs_it = SlicesRuleDefinition.slices()
            .assignedFrom(new SliceAssignment() {
                @Override
                public SliceIdentifier getIdentifierOf(JavaClass type) {
                    String name = type.getPackageName();
                    // A report is of the whole client.
                    return SliceIdentifier.of(name.replace(ENGINE + ".diagnostics", ENGINE));
                }

                @Override
                public String getDescription() {
                    return "packages";
                }
            })
            .should()
            .beFreeOfCycles()
            .ignoreDependency(
                    DescribedPredicate.describe("doors", type -> DOORS.containsKey(type.getName())),
                    DescribedPredicate.describe("what is behind them", type -> DOORS.containsValue(type.getName())));

    @ArchTest
    static void no_package_has_many_classes_that_all_reach_each_other(JavaClasses classes) {
        assertThat(ClassKnots.tooLarge(classes)).isEmpty();
    }

    @ArchTest
    static void a_lock_guards_a_hand_off_grants_keys_or_cached_bytes(JavaClasses unused) throws IOException {
        Set<String> locked = new TreeSet<>();
        for (String module : List.of("engine-ports", "engine-stack", "engine-core")) {
            try (Stream<Path> files = Files.walk(Path.of("..", module, "src/main/java"))) {
                for (Path file : files.filter(Files::isRegularFile).collect(Collectors.toList())) {
                    if (LOCK.matcher(Files.readString(file)).find()) {
                        locked.add(file.getFileName().toString());
                    }
                }
            }
        }
        assertThat(locked).isEqualTo(LOCKS);
    }

    /** The parts of a call post inputs to its machine, and know neither who performs its effects nor each other. */
    @ArchTest
    static void the_parts_of_a_call_know_only_what_is_below_them(JavaClasses classes) {
        Map<String, Set<String>> below = Map.of(
                "machine", Set.of(),
                "party", Set.of(),
                "context", Set.of(),
                "report", Set.of("machine", "party", "context"),
                "signalling", Set.of("machine", "party", "context"),
                "media", Set.of("machine", "context"),
                "transfer", Set.of("machine", "party", "context", "report", "signalling"));
        String call = ENGINE + ".internal.call";
        Set<String> upwards = new TreeSet<>();
        Set<String> seen = new TreeSet<>();
        for (JavaClass type : classes) {
            String part = partOf(type, call);
            if (below.containsKey(part)) {
                seen.add(part);
                for (Dependency use : type.getDirectDependenciesFromSelf()) {
                    JavaClass target = use.getTargetClass().getBaseComponentType();
                    String other = partOf(target, call);
                    if ((target.getPackageName().equals(call) || !other.isEmpty())
                            && !other.equals(part)
                            // Descriptions are values, which all may read.
                            && !other.equals("sdp")
                            && !below.get(part).contains(other)) {
                        upwards.add(use.getDescription());
                    }
                }
            }
        }
        assertThat(upwards).as("upwards").isEmpty();
        assertThat(seen).isEqualTo(below.keySet());
    }

    private static String partOf(JavaClass type, String whole) {
        String name = type.getPackageName();
        return name.startsWith(whole + ".") ? name.substring(whole.length() + 1) : "";
    }

    @ArchTest
    static final ArchRule an_interface_has_more_than_one_implementation_or_parts_two_packages =
            CodeRules.noInterfaceForOne(DescribedPredicate.describe(
                    "behind the exported packages", type -> isInside(type.getPackageName())));

    private static boolean isInside(String name) {
        return name.startsWith(ENGINE + ".internal.") || name.startsWith(STACK + ".");
    }

    private static boolean isExported(JavaClass type) {
        return EXPORTED.containsKey(type.getPackageName());
    }

    @ArchTest
    static final ArchRule messages_know_nothing_above_them = noClasses()
            .that()
            .resideInAPackage(SIP + ".message")
            .should()
            .dependOnClassesThat(
                    resideInAnyPackage(ENGINE + "..", STACK + "..").and(not(resideInAPackage(SIP + ".message"))));

    @ArchTest
    static final ArchRule transports_do_not_know_transactions_or_dialogs = noClasses()
            .that()
            .resideInAnyPackage(SIP + ".transport", SIP + ".locate")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SIP, SIP + ".transaction", SIP + ".dialog", SIP + ".auth");

    @ArchTest
    static final ArchRule transactions_do_not_know_dialogs = noClasses()
            .that()
            .resideInAPackage(SIP + ".transaction")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(SIP, SIP + ".dialog", SIP + ".auth");

    @ArchTest
    static final ArchRule sip_does_not_know_calls_or_media = noClasses()
            .that()
            .resideInAPackage(SIP + "..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(ENGINE + ".internal.call..", ENGINE + ".internal.account..", STACK + ".media..");

    @ArchTest
    static final ArchRule media_does_not_know_signalling = noClasses()
            .that()
            .resideInAPackage(STACK + ".media..")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage(
                    ENGINE + ".internal.call..", ENGINE + ".internal.account..", STACK + ".sip..", STACK + ".loop..");

    @ArchTest
    static final ArchRule the_sip_library_stays_in_the_message_layer = noClasses()
            .that()
            .resideOutsideOfPackage(SIP + ".message")
            .should()
            .dependOnClassesThat()
            .resideInAnyPackage("gov.nist..", "javax.sip..");

    @ArchTest
    static final ArchRule C1_only_authenticators_read_secrets = noClasses()
            .that()
            .resideOutsideOfPackages(SIP + ".auth", ENGINE + ".internal.lock")
            .and()
            // Writes the login for the encrypted store, which is where it stays until log-out.
            .doNotHaveFullyQualifiedName(ENGINE + ".internal.account.login.StoredLogin")
            .and()
            // The key of a login at a TURN server.
            .doNotHaveFullyQualifiedName(STACK + ".ice.stun.IntegrityKey")
            .and()
            // A room's PIN, which is typed.
            .doNotHaveFullyQualifiedName(ENGINE + ".internal.conference.PinDigits")
            .should()
            .callMethod(SecretAccess.class, "forAuthenticators");

    @ArchTest
    static final ArchRule C1_nothing_in_the_engine_reads_a_secret_to_derive_a_key =
            noClasses().should().callMethod(SecretAccess.class, "forKeyDerivation");

    @ArchTest
    static final ArchRule nobody_but_the_JDK_adapter_reads_a_clock_or_makes_a_thread =
            // The JDK's XML reader keeps a document for the thread that read it.
            CodeRules.noClockAndNoThread(resideOutsideOfPackage(STACK + ".jdk").and(not(simpleName("HardenedXml"))));

    /** The DNS client has no settings; the others pass on the one of {@link ClientSettings}. */
    @ArchTest
    static final ArchRule random_numbers_come_from_the_settings = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ClientSettings.class.getName())
            .and()
            .resideOutsideOfPackage(STACK + ".jdk")
            .should(new ArchCondition<JavaClass>("make a source of random numbers") {
                @Override
                public void check(JavaClass type, ConditionEvents events) {
                    type.getConstructorCallsFromSelf().stream()
                            .filter(call -> call.getTargetOwner().isAssignableTo(Random.class))
                            // A subclass's own constructor calls its parent's.
                            .filter(call -> !type.isAssignableTo(Random.class))
                            .forEach(call -> events.add(SimpleConditionEvent.satisfied(type, call.getDescription())));
                }
            })
            .orShould()
            .callMethod(Math.class, "random")
            .orShould()
            .dependOnClassesThat()
            .haveNameMatching("java\\.util\\.(concurrent\\.ThreadLocal|Splittable)Rand.*");

    @ArchTest
    static final ArchRule C12_what_no_phone_needs_or_Android_lacks_is_absent =
            CodeRules.nothingThatNoPhoneNeedsOrAndroidLacks();

    @ArchTest
    static final ArchRule S5_the_network_is_reached_through_the_guard_alone = noClasses()
            .that()
            .doNotHaveFullyQualifiedName(ENGINE + ".internal.client.Engine")
            .and()
            .resideOutsideOfPackage(STACK + ".jdk")
            .should()
            .callMethod(CallClientConfig.class, "network")
            .orShould()
            .dependOnClassesThat()
            .haveFullyQualifiedName(STACK + ".jdk.JdkNetwork");

    @ArchTest
    static final ArchRule S5_names_are_looked_up_by_the_resolver_alone =
            // These two read literal addresses, which asks nobody.
            CodeRules.noLookUp(resideOutsideOfPackage(STACK + ".jdk")
                    .and(not(simpleName("NumericHost").or(simpleName("LiteralAddress")))));

    @ArchTest
    static final ArchRule S5_sockets_are_opened_in_one_place =
            // Sockets for libraries, each of which asks the guard before it connects.
            CodeRules.noSocket(resideOutsideOfPackage(STACK + ".jdk")
                    .and(not(nameMatching(".*\\.internal\\.privacy\\.GuardedSockets.*"))));
}
