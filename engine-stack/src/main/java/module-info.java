// SPDX-License-Identifier: Apache-2.0
/**
 * SIP, ICE and RTP without an app: what the engine's calls are made of, and what the testkit's PBX stands on. It needs a
 * {@link com.techpro.callclient.ports.net.Network} and a {@link com.techpro.callclient.ports.time.Scheduler}; those of the JDK are here too.
 *
 * <p>Why something did not happen is a {@link com.techpro.callclient.engine.failure.Failure}, which apps see as well. That package is part of
 * the engine's API. The packages of {@code stack} may change with every release until 1.0.
 */
module com.techpro.callclient.stack {
    requires transitive com.techpro.callclient.ports;
    requires static transitive org.jspecify;
    requires jain.sip.ri;
    requires minidns.core;
    requires concentus;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.tls;
    requires org.slf4j;

    exports com.techpro.callclient.engine.failure;

    // No promise before 1.0.
    exports com.techpro.callclient.stack.ice;
    exports com.techpro.callclient.stack.ice.stun;
    exports com.techpro.callclient.stack.ice.turn;
    exports com.techpro.callclient.stack.jdk;
    exports com.techpro.callclient.stack.log;
    exports com.techpro.callclient.stack.loop;
    exports com.techpro.callclient.stack.media;
    exports com.techpro.callclient.stack.media.codec;
    exports com.techpro.callclient.stack.media.dtls;
    exports com.techpro.callclient.stack.media.dtmf;
    exports com.techpro.callclient.stack.media.mix;
    exports com.techpro.callclient.stack.media.playout;
    exports com.techpro.callclient.stack.media.quality;
    exports com.techpro.callclient.stack.media.rtp;
    exports com.techpro.callclient.stack.media.rtp.xr;
    exports com.techpro.callclient.stack.media.sound;
    exports com.techpro.callclient.stack.media.srtp;
    exports com.techpro.callclient.stack.net;
    exports com.techpro.callclient.stack.sip;
    exports com.techpro.callclient.stack.sip.auth;
    exports com.techpro.callclient.stack.sip.dialog;
    exports com.techpro.callclient.stack.sip.locate;
    exports com.techpro.callclient.stack.sip.message;
    exports com.techpro.callclient.stack.sip.refer;
    exports com.techpro.callclient.stack.sip.subscription;
    exports com.techpro.callclient.stack.sip.transaction;
    exports com.techpro.callclient.stack.sip.transport;
}
