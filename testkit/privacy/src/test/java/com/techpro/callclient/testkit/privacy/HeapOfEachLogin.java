// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.privacy;

import com.techpro.callclient.adapters.phonesystems.PhoneSystems;
import com.techpro.callclient.engine.Account;
import com.techpro.callclient.engine.CallClient;
import com.techpro.callclient.engine.CallClientConfig;
import com.techpro.callclient.engine.LoginResult;
import com.techpro.callclient.engine.LogoutOptions;
import com.techpro.callclient.engine.SipRegistrar;
import com.techpro.callclient.engine.call.Call;
import com.techpro.callclient.engine.call.CallState;
import com.techpro.callclient.engine.voicemail.VoicemailSnapshot;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.Login;
import com.techpro.callclient.ports.phonesystem.PhoneSystem;
import com.techpro.callclient.ports.phonesystem.TlsTrust;
import com.techpro.callclient.ports.secret.Secret;
import com.techpro.callclient.testkit.contracts.Await;
import com.techpro.callclient.testkit.contracts.FakeSecureStore;
import com.techpro.callclient.testkit.contracts.Seeds;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * One client that logs in by each kind of login in turn, calls where there is a PBX, and logs out. It dumps its heap twice: while the host
 * keeps the client, the accounts and the calls that are over, and when the client is shut down and the host keeps nothing else. The servers
 * are in another JVM.
 */
public final class HeapOfEachLogin {
    /** Combined with each byte of a key that is told, so that telling it leaves no trace of it. */
    static final int VEIL = 0x5a;

    private static final Pattern INLINE = Pattern.compile("inline:([A-Za-z0-9+/=]+)");

    /** Kinds of login. */
    enum Kind {
        SIP,
        PBX,
        LPCONFIG,
        ACROBITS,
        WAZO;

        /** Another user for each. */
        Canaries canaries(long seed) {
            return new Canaries(Seeds.random(seed + ordinal()));
        }

        /** Whether the account is one of the PBX. */
        boolean isAtThePbx() {
            return this != WAZO;
        }

        /** How the user proves who he is: of the line itself where there is nothing else. */
        Canary password(Canaries canaries) {
            return this == SIP ? canaries.linePassword() : canaries.password();
        }

        private PhoneSystem system(String provisioning) {
            return switch (this) {
                case SIP -> SipRegistrar.phoneSystem();
                case PBX -> PhoneSystems.lpconfig(provisioning);
                case LPCONFIG -> PhoneSystems.lpconfig("/lpconfig");
                case ACROBITS -> PhoneSystems.acrobits("/acrobits");
                case WAZO -> PhoneSystems.wazo();
            };
        }
    }

    private final long seed;
    private final String domain;
    private final HostPort proxy;
    private final HostPort provisioning;
    private final HostPort web;
    private final TlsTrust trust;
    private final CallClient client;

    /** What the host holds on to. */
    private final List<Object> kept = new ArrayList<>();

    private HeapOfEachLogin(long seed, String domain, List<HostPort> servers, TlsTrust trust) {
        this.seed = seed;
        this.domain = domain;
        this.proxy = servers.get(0);
        this.provisioning = servers.get(1);
        this.web = servers.get(2);
        this.trust = trust;
        this.client = CallClient.create(CallClientConfig.builder()
                .callbacks(Runnable::run)
                .platform(p -> p.store(new FakeSecureStore()))
                .sipTrace(message -> tellKeys(message.text()))
                .lab(lab -> lab.traceRaw(true))
                .build());
    }

    /** @param arguments the seed, two files to dump to, the PBX's domain, three servers, and a file of certificates to trust */
    public static void main(String[] arguments) throws Exception {
        HeapOfEachLogin user = new HeapOfEachLogin(
                Long.parseLong(arguments[0]),
                arguments[3],
                Arrays.stream(arguments, 4, 7).map(HostPort::parse).toList(),
                TlsTrust.anchoredAt(Path.of(arguments[7])));
        Await.until("the store was read", () -> !user.client.lock().isLocked());
        for (Kind kind : Kind.values()) {
            System.out.println(kind + " " + user.live(kind));
        }
        LiveHeap.dump(arguments[1]);
        user.kept.clear();
        get(user.client.shutdown(Duration.ofSeconds(3)));
        LiveHeap.dump(arguments[2]);
        System.out.println("dumped, holding " + user.client);
        System.exit(0);
    }

    private String live(Kind kind) throws Exception {
        Canaries canaries = kind.canaries(seed);
        String user = canaries.number().value() + "@" + (kind.isAtThePbx() ? domain : web.host());
        HostPort server = switch (kind) {
            case SIP -> proxy;
            case PBX -> provisioning;
            default -> web;
        };
        Login login = Login.of(user, Secret.of(kind.password(canaries).value()))
                .at(server)
                .trusting(trust);
        LoginResult result = get(client.login(kind.system("/provisioning"), login));
        login.password().wipe();
        if (!(result instanceof LoginResult.LoggedIn in)) {
            return result.toString();
        }
        kept.add(in.account());
        if (kind == Kind.PBX || kind == Kind.LPCONFIG) {
            Await.until(
                    "the mailbox was asked",
                    () -> client.voicemail().snapshot().availability() == VoicemailSnapshot.Availability.AVAILABLE);
        }
        String outcome = kind.isAtThePbx() ? call(in.account()) : "logged in";
        get(client.logout(LogoutOptions.EVERYTHING));
        return outcome;
    }

    private String call(Account account) throws Exception {
        account.whenRegistered().toCompletableFuture().get(30, TimeUnit.SECONDS);
        Call call = account.dial("601");
        kept.add(call);
        Await.until("it is answered", () -> call.snapshot().state().compareTo(CallState.ESTABLISHED) >= 0);
        boolean encrypted = call.snapshot().encrypted();
        hangUp();
        Call answered = ringsHere(account);
        answered.answer();
        Await.until("it is answered", () -> answered.snapshot().state() == CallState.ESTABLISHED);
        hangUp();
        ringsHere(account);
        hangUp();
        return "called, encrypted " + encrypted;
    }

    /** The user calls himself: there is nobody else. */
    private Call ringsHere(Account account) {
        Call out = account.dial(account.sipAccount().user());
        kept.add(out);
        Await.until("it rings here", () -> calls(CallState.INCOMING).size() == 1);
        Call in = calls(CallState.INCOMING).get(0);
        kept.add(in);
        return in;
    }

    private List<Call> calls(CallState state) {
        return client.calls().stream()
                .filter(call -> call.snapshot().state() == state)
                .toList();
    }

    private void hangUp() {
        client.calls().forEach(Call::hangUp);
        Await.until("all calls are over", () -> client.calls().isEmpty());
    }

    private static void tellKeys(String message) {
        for (Matcher key = INLINE.matcher(message); key.find(); ) {
            byte[] bytes = Base64.getDecoder().decode(key.group(1));
            for (int i = 0; i < bytes.length; i++) {
                bytes[i] ^= VEIL;
            }
            System.out.println("key " + HexFormat.of().formatHex(bytes));
        }
    }

    private static <T> T get(CompletionStage<T> stage) throws Exception {
        return stage.toCompletableFuture().get(60, TimeUnit.SECONDS);
    }
}
