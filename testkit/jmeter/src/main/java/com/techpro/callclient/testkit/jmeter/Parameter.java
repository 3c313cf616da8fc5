// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.jmeter;

/** The parameters of the samplers in JMeter's table. */
enum Parameter {
    /** The user part of the account. */
    USER("user", "${user}"),
    PASSWORD("password", "${password}"),
    /** The name for authentication; if empty, the user part. */
    AUTH_USER("authUser", ""),
    /** The phone system's domain. */
    DOMAIN("domain", "${__P(callclient.domain,pbx.test)}"),
    /** Address and port to use instead of the domain's; if empty, DNS decides. */
    PROXY("proxy", "${__P(callclient.proxy,)}"),
    /** TLS, WSS, or for a lab UDP, TCP or WS. */
    TRANSPORT("transport", "${__P(callclient.transport,TLS)}"),
    /**
     * A file with the certificate of the phone system's authority; if empty, Java's trusted
     * authorities.
     */
    TRUST_ANCHOR("trustAnchor", "${__P(callclient.trustAnchor,)}"),
    /** Codecs, best first. */
    CODECS("codecs", "pcma,pcmu"),
    /** SDES, DTLS, PREFER_SDES or PREFER_DTLS, as the engine's keying policies. */
    KEYING("keying", "PREFER_SDES"),
    /** A WAV file with speech, 8 kHz or 16 kHz; if empty, the testkit's own. */
    CLIP("clip", ""),
    /** The largest share of speech that may be missing, in percent. */
    MOST_LOST("mostLostPercent", "2"),
    /** Whether unmeasured calls warm up the JVM before the first sample of a process. */
    WARM_UP("warmUp", "true"),
    /**
     * The file from which the plan reads users, so that an error can name the line; empty if there
     * is none.
     */
    USERS("users", "${__P(callclient.users,users.csv)}"),
    /** The number to call, which must echo audio. */
    CALLEE("callee", "600"),
    /** 200, or the status with which the call must be refused. */
    EXPECT("expect", "200"),
    /** How long to speak. */
    SECONDS("seconds", "5"),
    /** The largest packet loss of a call, in percent; empty for no limit, as in the next five. */
    MAX_LOSS("maxLoss", "${__P(callclient.maxLoss,)}"),
    /** The lowest estimated MOS of a call (ITU-T G.107). */
    MIN_MOS("minMos", "${__P(callclient.minMos,)}"),
    /** The largest one-way delay. */
    MAX_DELAY("maxDelay", "${__P(callclient.maxDelay,)}"),
    /** The longest time from dialling until both can talk, without the ringing time. */
    MAX_SETUP("maxSetup", "${__P(callclient.maxSetup,)}"),
    /** The lowest level of heard speech relative to the spoken one: -10 for 10 dB less. */
    MIN_LEVEL("minLevel", "${__P(callclient.minLevel,)}"),
    /** The lowest upper frequency of heard speech, in hertz. */
    BAND("band", "${__P(callclient.band,)}"),
    /** How long to hold. */
    HOLD_SECONDS("holdSeconds", "2"),
    /** A second user, whom the first calls. */
    PEER("peer", "${peer}"),
    PEER_PASSWORD("peerPassword", "${peerPassword}"),
    /** The target of the second user's transfer, which must echo audio. */
    TARGET("target", "600"),
    /** A conference room that nobody else uses. */
    ROOM("room", "8000"),
    /** The number to call to leave a message. */
    LEAVE("leave", "*${user}"),
    /**
     * The longest duration of the greeting and its beep; speech starts during them and continues.
     */
    GREETING_SECONDS("greetingSeconds", "8"),
    /** The number to call to listen to messages. */
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

    /** Returns the name in the table. */
    String key() {
        return key;
    }

    /** Returns the initial value. */
    String preset() {
        return preset;
    }
}
