// SPDX-License-Identifier: Apache-2.0
/**
 * The engine: accounts, calls and what belongs to the user, the same on a desktop JVM and on Android.
 *
 * <p>The way in is {@link com.techpro.callclient.engine.CallClient}: {@code create} starts an engine from a
 * {@link com.techpro.callclient.engine.CallClientConfig}, which has the ports of the host. {@code addAccount} or {@code login} gives an
 * {@link com.techpro.callclient.engine.Account}, which stays registered; its {@code dial} gives a
 * {@link com.techpro.callclient.engine.call.Call}. What happens is told to the
 * {@link com.techpro.callclient.engine.CallClientListener}, in order and on the host's own executor, with an immutable snapshot each.
 *
 * <pre>{@code
 * CallClient client = CallClient.create(
 *         CallClientConfig.builder().platform(p -> p.audio(audio)).listener(listener).build());
 * Account account = client.addAccount(SipAccount.builder("1001", "pbx.example.org", Secret.of(password)).build());
 * Call call = account.dial("1002");
 * }</pre>
 *
 * <p>Why something did not happen is a {@link com.techpro.callclient.engine.failure.Failure}, a value that says what the user can do. The other
 * packages are by capability, and an app that does not use one need not know it. What is not exported is no promise.
 */
module com.techpro.callclient.engine {
    requires transitive com.techpro.callclient.ports;
    requires com.techpro.callclient.stack;
    requires static transitive org.jspecify;
    requires com.google.gson;
    requires com.google.i18n.phonenumbers.libphonenumber;
    requires concentus;
    requires org.slf4j;

    exports com.techpro.callclient.engine;
    exports com.techpro.callclient.engine.call;
    exports com.techpro.callclient.engine.conference;
    exports com.techpro.callclient.engine.diagnostics;
    exports com.techpro.callclient.engine.lock;
    exports com.techpro.callclient.engine.message;
    exports com.techpro.callclient.engine.people;
    exports com.techpro.callclient.engine.presence;
    exports com.techpro.callclient.engine.privacy;
    exports com.techpro.callclient.engine.tone;
    exports com.techpro.callclient.engine.voicemail;

    // What the testkit stands on. It is no promise to anybody else.
    exports com.techpro.callclient.engine.internal.account.login to
            com.techpro.callclient.testkit.soak;
    exports com.techpro.callclient.engine.internal.privacy to
            com.techpro.callclient.testkit.soak;
}
