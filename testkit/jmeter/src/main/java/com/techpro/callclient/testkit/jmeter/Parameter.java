// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

/** What a sampler is told in JMeter's table of parameters. */
enum Parameter {
    /** The user part of the account. */
    USER("user", "${user}"),
    PASSWORD("password", "${password}"),
    /** The name for authentication; the user part where it is empty. */
    AUTH_USER("authUser", ""),
    /** The phone system's name. */
    DOMAIN("domain", "${__P(callclient.domain,pbx.test)}"),
    /** Address and port to go to in place of the domain's; empty for what DNS says. */
    PROXY("proxy", "${__P(callclient.proxy,)}"),
    /** TLS, WSS, and for a lab UDP, TCP or WS. */
    TRANSPORT("transport", "${__P(callclient.transport,TLS)}"),
    /** A file with the certificate of the authority that the phone system's is of; empty for those that Java trusts. */
    TRUST_ANCHOR("trustAnchor", "${__P(callclient.trustAnchor,)}"),
    /** Codecs, the best first. */
    CODECS("codecs", "pcma,pcmu"),
    /** SDES, DTLS, PREFER_SDES or PREFER_DTLS, as the engine's keying policies are called. */
    KEYING("keying", "PREFER_SDES"),
    /** A WAV with speech, 8 kHz or 16 kHz; empty for the testkit's own. */
    CLIP("clip", ""),
    /** Most of the speech that may be missing, in percent. */
    MOST_LOST("mostLostPercent", "2"),
    /** Whether the first sample of a process waits until calls that nobody judges have warmed up its JVM. */
    WARM_UP("warmUp", "true"),
    /** The file that the plan reads users from, so that an error tells the line of it; empty if there is none. */
    USERS("users", "${__P(callclient.users,users.csv)}"),
    /** Whom to call: a number that sends back what it hears. */
    CALLEE("callee", "600"),
    /** 200, or the status with which the call is to be refused. */
    EXPECT("expect", "200"),
    /** How long to talk. */
    SECONDS("seconds", "5"),
    /** Most of the packets of a call that may be lost, in percent; empty for no limit, as the five below. */
    MAX_LOSS("maxLoss", "${__P(callclient.maxLoss,)}"),
    /** The least that a call is estimated to be worth (ITU-T G.107). */
    MIN_MOS("minMos", "${__P(callclient.minMos,)}"),
    /** One way, from mouth to ear. */
    MAX_DELAY("maxDelay", "${__P(callclient.maxDelay,)}"),
    /** From dialling until both can talk, without the time it rings. */
    MAX_SETUP("maxSetup", "${__P(callclient.maxSetup,)}"),
    /** How loud speech is heard at least, against what was said: -10 for 10 dB less. */
    MIN_LEVEL("minLevel", "${__P(callclient.minLevel,)}"),
    /** Up to how many hertz speech is heard at least. */
    BAND("band", "${__P(callclient.band,)}"),
    /** How long to hold. */
    HOLD_SECONDS("holdSeconds", "2"),
    /** A second user, who is called by the first. */
    PEER("peer", "${peer}"),
    PEER_PASSWORD("peerPassword", "${peerPassword}"),
    /** To whom the second user is transferred: a number that sends back what it hears. */
    TARGET("target", "600"),
    /** A conference room that nobody else is in. */
    ROOM("room", "8000"),
    /** What is called to leave a message. */
    LEAVE("leave", "*${user}"),
    /** How long the greeting and its beep take at most; speech goes on over both. */
    GREETING_SECONDS("greetingSeconds", "8"),
    /** What is called to hear messages. */
    LISTEN("listen", "*97"),
    /** The key that plays the next message. */
    PLAY_KEY("playKey", "1"),
    /** The key that deletes it. */
    DELETE_KEY("deleteKey", "7");

    private final String key;
    private final String preset;

    Parameter(String key, String preset) {
        this.key = key;
        this.preset = preset;
    }

    /** As the table calls it. */
    String key() {
        return key;
    }

    /** What stands there at first. */
    String preset() {
        return preset;
    }
}
