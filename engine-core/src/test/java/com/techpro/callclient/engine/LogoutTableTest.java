// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.store.StoredName;
import com.techpro.callclient.engine.people.Favorite;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.Policy;
import com.techpro.callclient.ports.phonesystem.SecurityFloor;
import com.techpro.callclient.ports.phonesystem.SipAccount;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.ports.storage.SecureStoreException;
import com.techpro.callclient.ports.storage.SecureStoreException.Reason;
import com.techpro.callclient.ports.storage.SecureStorePort;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import java.time.Duration;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Promise S6: what is left on the device after a log-out, and what the host is told of it. */
class LogoutTableTest {
    private static final String IN_BETWEEN = StoredName.HISTORY.text();

    private final Store store = new Store();

    /**
     * @param failing which of the two erasures fails: the one at once, the one at the end
     */
    @ParameterizedTest
    @CsvSource({
        "false, none,  false",
        "false, first, true",
        "false, last,  false",
        "false, both,  true",
        "true,  none,  true",
        "true,  first, false",
        "true,  last,  true",
        "true,  both,  false"
    })
    void S6_leftovers_are_told_and_all_else_is_gone(boolean keepsFavorites, String failing, boolean silent)
            throws Exception {
        boolean lastFails = failing.equals("last") || failing.equals("both");
        try (ScriptedPhoneSystem scene = loggedIn()) {
            store.failing = switch (failing) {
                case "none" -> Set.of();
                case "first" -> Set.of(1);
                case "last" -> Set.of(2);
                default -> Set.of(1, 2);
            };
            scene.pbx.on("REGISTER", register -> {});
            LogoutOptions options =
                    keepsFavorites ? LogoutOptions.EVERYTHING.keepingFavorites() : LogoutOptions.EVERYTHING;
            var logout = scene.client.logout(options).toCompletableFuture();
            scene.until(() -> "0".equals(scene.pbx.last("REGISTER").header("Expires")));
            // As a call that is missed meanwhile.
            store.write(Map.of(IN_BETWEEN, new byte[] {1}));
            if (!silent) {
                scene.accept(scene.pbx.last("REGISTER"));
            }
            scene.until(logout::isDone);
            scene.pass(Duration.ofSeconds(5));

            assertThat(logout.join()).isEqualTo(new LogoutResult(!silent, lastFails ? Reason.IN_USE : null));
            if (lastFails) {
                assertThat(store.names()).contains(IN_BETWEEN);
            } else {
                assertThat(store.names()).isEqualTo(keepsFavorites ? Set.of(StoredName.FAVORITES.text()) : Set.of());
            }
            scene.pbx.on("REGISTER", scene::accept);
        }
    }

    private ScriptedPhoneSystem loggedIn() {
        ScriptedPhoneSystem scene = new ScriptedPhoneSystem(
                        91, SipTransport.UDP, account -> account, config -> config.platform(p -> p.store(store)))
                .registered();
        LoginResult login = await(
                scene,
                scene.client.login(
                        new CarolsPhoneSystem(), Login.of("carol@" + ScriptedPhoneSystem.HOST, Secret.of("typed"))));
        Account carol = ((LoginResult.LoggedIn) login).account();
        scene.until(() -> carol.registration().state() == RegistrationState.REGISTERED);
        await(scene, scene.client.people().favorites().add(new Favorite("1002", "Bob")));
        scene.pass(Duration.ofSeconds(2));
        return scene;
    }

    private static <T> T await(ScriptedPhoneSystem scene, CompletionStage<T> stage) {
        CompletableFuture<T> result = stage.toCompletableFuture();
        scene.until(result::isDone);
        return result.join();
    }

    private static final class CarolsPhoneSystem extends TestPhoneSystem {
        CarolsPhoneSystem() {
            super("carol", Policy.OPEN);
        }

        @Override
        public SipAccount sipAccount() {
            return SipAccount.builder("carol", ScriptedPhoneSystem.HOST, Secret.of("provisioned"))
                    .transport(SipTransport.UDP)
                    .securityFloor(SecurityFloor.DEFAULT.labAllowCleartextSignalling())
                    .build();
        }
    }

    /** One of which some erasures fail, counted from 1. */
    private static final class Store implements SecureStorePort {
        private final FakeSecureStore working = new FakeSecureStore();
        private Set<Integer> failing = Set.of();
        private int erasures;

        @Override
        public byte @Nullable [] read(String name) throws SecureStoreException {
            return working.read(name);
        }

        @Override
        public Set<String> names() throws SecureStoreException {
            return working.names();
        }

        @Override
        public void write(Map<String, byte @Nullable []> changes) throws SecureStoreException {
            working.write(changes);
        }

        @Override
        public void erase() throws SecureStoreException {
            if (failing.contains(++erasures)) {
                throw new SecureStoreException(Reason.IN_USE, null);
            }
            working.erase();
        }

        @Override
        public void close() {
            working.close();
        }
    }
}
