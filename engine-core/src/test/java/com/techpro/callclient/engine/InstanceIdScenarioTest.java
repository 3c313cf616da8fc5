// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.ScriptedMessage;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

/** RFC 5626 §4.1: what a registrar tells this installation from the user's others by. */
class InstanceIdScenarioTest {
    private final FakeSecureStore.Disk disk = new FakeSecureStore.Disk();

    private ScriptedPhoneSystem phone(long seed, @Nullable SecureStorePort store) {
        return new ScriptedPhoneSystem(
                seed,
                SipTransport.UDP,
                account -> account,
                config -> store == null ? config : config.platform(p -> p.store(store)));
    }

    private static String instance(ScriptedMessage register) {
        String instance = register.parameter("Contact", "+sip.instance");
        assertThat(instance).isNotNull();
        return instance;
    }

    private String instanceOf(long seed, @Nullable SecureStorePort store) {
        try (ScriptedPhoneSystem scene = phone(seed, store).registered()) {
            scene.pass(Duration.ofSeconds(1));
            return instance(scene.pbx.last("REGISTER"));
        }
    }

    @Test
    void aRegisterNamesTheInstallationAndOffersFlows() {
        try (ScriptedPhoneSystem scene = ScriptedPhoneSystem.udp(1).registered()) {
            ScriptedMessage register = scene.pbx.last("REGISTER");

            assertThat(register.header("Contact"))
                    .containsPattern(";\\+sip\\.instance=\"<urn:uuid:[0-9a-f]{8}-[0-9a-f]{4}-4[0-9a-f]{3}"
                            + "-[89ab][0-9a-f]{3}-[0-9a-f]{12}>\"")
                    .containsPattern(";reg-id=1(;|$)");
            assertThat(register.header("Supported")).contains("outbound", "path");
        }
    }

    @Test
    void itIsMadeOnceAndKeptInTheStore() {
        String first = instanceOf(1, new FakeSecureStore(disk));

        assertThat(instanceOf(2, new FakeSecureStore(disk))).isEqualTo(first);
        assertThat(instanceOf(3, new FakeSecureStore())).as("another device").isNotEqualTo(first);
    }

    @Test
    void withoutAStoreItLastsAsLongAsTheClient() {
        try (ScriptedPhoneSystem scene = phone(1, null).registered()) {
            scene.pass(Duration.ofHours(1));

            assertThat(scene.pbx.received("REGISTER")).hasSizeGreaterThan(5);
            assertThat(scene.pbx.received("REGISTER").stream().map(InstanceIdScenarioTest::instance))
                    .containsOnly(instance(scene.pbx.last("REGISTER")));
        }
        assertThat(instanceOf(2, null)).isNotEqualTo(instanceOf(1, null));
    }

    @Test
    void whatCannotBeReadIsNotOverwritten() throws SecureStoreException {
        String kept = instanceOf(1, new FakeSecureStore(disk));
        disk.fail(SecureStoreException.Reason.LOCKED);

        String meanwhile = instanceOf(2, new FakeSecureStore(disk));

        disk.fail(null);
        assertThat(meanwhile).isNotEqualTo(kept);
        assertThat(instanceOf(3, new FakeSecureStore(disk))).isEqualTo(kept);
        FakeSecureStore store = new FakeSecureStore(disk);
        store.write(Map.of("instance", "{\"version\":2}".getBytes(StandardCharsets.UTF_8)));
        assertThat(instanceOf(4, new FakeSecureStore(disk))).isNotEqualTo(kept);
        assertThat(new String(store.read("instance"), StandardCharsets.UTF_8)).isEqualTo("{\"version\":2}");
    }

    @Test
    void oneThatIsDamagedIsReplaced() throws SecureStoreException {
        FakeSecureStore store = new FakeSecureStore(disk);
        store.write(Map.of("instance", "{\"version\":1}".getBytes(StandardCharsets.UTF_8)));

        String first = instanceOf(1, new FakeSecureStore(disk));

        assertThat(instanceOf(2, new FakeSecureStore(disk))).isEqualTo(first);
    }

    @Test
    void R3_whatWasErasedIsNotUsedAgain() {
        try (ScriptedPhoneSystem scene = phone(1, new FakeSecureStore(disk)).registered()) {
            String before = instance(scene.pbx.last("REGISTER"));
            var erased = scene.client.privacy().erase().toCompletableFuture();
            scene.until(erased::isDone);

            Account again = scene.client.addAccount(scene.alice.sipAccount());
            scene.until(() -> again.registration().state() == RegistrationState.REGISTERED);

            assertThat(instance(scene.pbx.last("REGISTER"))).isNotEqualTo(before);
        }
    }
}
