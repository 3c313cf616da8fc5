// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.cli;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.testkit.helpers.ClassKnots;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

/**
 * Limits the testkit's use of the stack and of the engine's internals to these classes (docs/decisions/0003), so
 * that the list does not grow by accident.
 */
class TestkitReachTest {
    private static final String TESTKIT = "com.techpro.callclient.testkit";
    /** All but the plug-in for JMeter. */
    private static final JavaClasses ALL = new ClassFileImporter()
            .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
            .importPackages(TESTKIT);

    private static final String INTERNAL = "com\\.techpro\\.callclient\\.(engine\\.internal|stack)\\.";

    private static final List<String> PBX = List.of(
            "ice.IceCredentials",
            "ice.PacketClass",
            "ice.stun.IntegrityKey",
            "ice.stun.StunClass",
            "ice.stun.StunMessage",
            "ice.stun.StunMethod",
            "ice.stun.StunParseResult",
            "ice.stun.StunParser",
            "ice.stun.StunWriter",
            "jdk.JdkNetwork",
            "jdk.JdkSchedulers",
            "loop.EngineLoop",
            "media.Keying",
            "media.codec.Codec",
            "media.codec.Codecs",
            "media.codec.Decoder",
            "media.codec.Encoder",
            "media.codec.G711",
            "media.codec.PayloadFormat",
            "media.dtls.DtlsFailure",
            "media.dtls.DtlsHandshake",
            "media.dtls.DtlsHandshakes",
            "media.dtls.DtlsIdentity",
            "media.dtls.DtlsKeys",
            "media.dtls.DtlsRole",
            "media.dtls.Fingerprint",
            "media.dtmf.TelephoneEventReceiver",
            "media.rtp.RtpPacket",
            "media.srtp.CryptoAttribute",
            "media.srtp.SrtpContext",
            "media.srtp.SrtpKeys",
            "media.srtp.SrtpStatus",
            "net.NumericHost",
            "sip.auth.DigestAlgorithm",
            "sip.auth.DigestVerifier",
            "sip.dialog.DialogId",
            "sip.dialog.Replaces",
            "sip.message.CSeq",
            "sip.message.InitialRequest",
            "sip.message.MessageBuilder",
            "sip.message.NameAddr",
            "sip.message.SipMessage",
            "sip.message.SipParseException",
            "sip.message.SipRequest",
            "sip.message.SipResponse",
            "sip.message.SipUri",
            "sip.message.Via",
            "sip.transaction.ClientListener",
            "sip.transaction.ClientTransactionHandle",
            "sip.transaction.ServerTransactionHandle",
            "sip.transaction.Timers",
            "sip.transaction.TransactionLayer",
            "sip.transaction.TransactionUser",
            "sip.transport.Flow",
            "sip.transport.MessageTap",
            "sip.transport.TransportEvents",
            "sip.transport.TransportLayer",
            "sip.transport.TransportLimits");

    /**
     * The login's connection, for many users of one engine; and calls of which a load test needs
     * only the signalling.
     */
    private static final List<String> SOAK = List.of(
            "account.login.GuardedContext",
            "jdk.Coroutine",
            "jdk.JdkNetwork",
            "jdk.JdkSchedulers",
            "loop.EngineLoop",
            "media.SignallingOnly",
            "privacy.EgressGrant",
            "privacy.EgressGuard");

    /**
     * The parser and the DTLS handshake, which {@code bench} measures alone; the network of the
     * peer in {@code kit}.
     */
    private static final List<String> CLI = List.of(
            "jdk.JdkNetwork",
            "jdk.JdkSchedulers",
            "media.codec.G711",
            "media.dtls.DtlsFailure",
            "media.dtls.DtlsHandshake",
            "media.dtls.DtlsHandshakes",
            "media.dtls.DtlsIdentity",
            "media.dtls.DtlsKeys",
            "media.dtls.DtlsRole",
            "media.playout.ContinuousTimestamps",
            "media.playout.JitterBuffer",
            "media.playout.Playout",
            "media.quality.EModel",
            "media.sound.VoiceProcessor",
            "sip.message.ParseOutcome",
            "sip.message.SipParser");

    /** Of the engine, only the API: the far end's audio is encrypted by the stack's SRTP. */
    private static final List<String> FAKES = List.of(
            "media.srtp.CryptoAttribute", "media.srtp.SrtpContext", "media.srtp.SrtpKeys", "media.srtp.SrtpStatus");

    /** Real sockets, some of them in clear. */
    private static final List<String> PRIVACY = List.of("jdk.JdkNetwork", "jdk.JdkSchedulers");

    private static Set<String> touchedBy(String part) {
        Set<String> touched = new TreeSet<>();
        for (JavaClass user : ALL.that(resideInAPackage(TESTKIT + "." + part + ".."))) {
            touched.addAll(user.getDirectDependenciesFromSelf().stream()
                    .map(dependency -> dependency.getTargetClass().getBaseComponentType())
                    .map(TestkitReachTest::outermost)
                    .filter(name -> name.matches(INTERNAL + ".*"))
                    .map(name -> name.replaceFirst(INTERNAL, ""))
                    .collect(Collectors.toSet()));
        }
        return touched;
    }

    private static String outermost(JavaClass inner) {
        JavaClass outer = inner;
        while (outer.getEnclosingClass().isPresent()) {
            outer = outer.getEnclosingClass().get();
        }
        return outer.getName();
    }

    @Test
    void the_PBX_stands_on_the_lower_layers() {
        assertThat(touchedBy("pbx")).containsExactlyInAnyOrderElementsOf(PBX);
    }

    @Test
    void the_soak_stands_on_the_public_API() {
        assertThat(touchedBy("soak")).containsExactlyInAnyOrderElementsOf(SOAK);
    }

    @Test
    void the_privacy_check_stands_on_the_public_API() {
        assertThat(touchedBy("privacy")).containsExactlyInAnyOrderElementsOf(PRIVACY);
    }

    @Test
    void the_command_line_stands_on_the_public_API() {
        assertThat(touchedBy("cli")).containsExactlyInAnyOrderElementsOf(CLI);
    }

    @Test
    void the_fakes_stand_on_the_public_API() {
        assertThat(touchedBy("fakes")).containsExactlyInAnyOrderElementsOf(FAKES);
    }

    @Test
    void no_packages_of_the_testkit_need_each_other() {
        slices().matching(TESTKIT + ".(**)").should().beFreeOfCycles().check(ALL);
    }

    @Test
    void no_package_has_many_classes_that_all_reach_each_other() {
        assertThat(ALL).extracting(JavaClass::getPackageName).contains(TESTKIT + ".fakes", TESTKIT + ".assertj");
        assertThat(ClassKnots.tooLarge(ALL)).isEmpty();
    }
}
