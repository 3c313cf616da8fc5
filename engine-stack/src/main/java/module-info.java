// SPDX-License-Identifier: Apache-2.0
/**
 * SIP, ICE and RTP without an app. The engine's calls use it, and so does the testkit's PBX. It needs a
 * {@link com.techpro.callclient.ports.net.Network} and a {@link com.techpro.callclient.ports.time.Scheduler}; those of the JDK are here too.
 *
 * <p>It exports its packages to our own modules only. An app does not see it.
 */
module com.techpro.callclient.stack {
    requires transitive com.techpro.callclient.ports;
    requires static transitive org.jspecify;
    requires jain.sip.ri;
    requires java.xml;
    requires minidns.core;
    requires concentus;
    requires org.bouncycastle.provider;
    requires org.bouncycastle.tls;
    requires org.slf4j;

    exports com.techpro.callclient.stack.ice to
            com.techpro.callclient.engine,
            com.techpro.callclient.testkit.pbx;
    exports com.techpro.callclient.stack.ice.stun to
            com.techpro.callclient.engine,
            com.techpro.callclient.testkit.pbx;
    exports com.techpro.callclient.stack.jdk to
            com.techpro.callclient.engine,
            com.techpro.callclient.testkit.cli,
            com.techpro.callclient.testkit.pbx,
            com.techpro.callclient.testkit.privacy,
            com.techpro.callclient.testkit.soak;
    exports com.techpro.callclient.stack.log to
            com.techpro.callclient.engine;
    exports com.techpro.callclient.stack.loop to
            com.techpro.callclient.engine,
            com.techpro.callclient.testkit.pbx,
            com.techpro.callclient.testkit.soak;
    exports com.techpro.callclient.stack.media to
            com.techpro.callclient.engine,
            com.techpro.callclient.testkit.pbx,
            com.techpro.callclient.testkit.soak;
    exports com.techpro.callclient.stack.media.codec to
            com.techpro.callclient.engine,
            com.techpro.callclient.testkit.cli,
            com.techpro.callclient.testkit.pbx;
    exports com.techpro.callclient.stack.media.dtls to
            com.techpro.callclient.engine,
            com.techpro.callclient.testkit.cli,
            com.techpro.callclient.testkit.pbx;
    exports com.techpro.callclient.stack.media.dtmf to
            com.techpro.callclient.testkit.pbx;
    exports com.techpro.callclient.stack.media.playout to
            com.techpro.callclient.testkit.cli;
    exports com.techpro.callclient.stack.media.quality to
            com.techpro.callclient.engine,
            com.techpro.callclient.testkit.cli;
    exports com.techpro.callclient.stack.media.rtp to
            com.techpro.callclient.testkit.pbx;
    exports com.techpro.callclient.stack.media.rtp.xr to
            com.techpro.callclient.engine;
    exports com.techpro.callclient.stack.media.sound to
            com.techpro.callclient.engine,
            com.techpro.callclient.testkit.cli;
    exports com.techpro.callclient.stack.media.srtp to
            com.techpro.callclient.engine,
            com.techpro.callclient.testkit.fakes,
            com.techpro.callclient.testkit.pbx;
    exports com.techpro.callclient.stack.net to
            com.techpro.callclient.engine,
            com.techpro.callclient.adapters.phonesystems,
            com.techpro.callclient.testkit.pbx;
    exports com.techpro.callclient.stack.sip to
            com.techpro.callclient.engine;
    exports com.techpro.callclient.stack.sip.auth to
            com.techpro.callclient.adapters.phonesystems,
            com.techpro.callclient.testkit.pbx;
    exports com.techpro.callclient.stack.sip.dialog to
            com.techpro.callclient.engine,
            com.techpro.callclient.testkit.pbx;
    exports com.techpro.callclient.stack.sip.message to
            com.techpro.callclient.engine,
            com.techpro.callclient.adapters.phonesystems,
            com.techpro.callclient.testkit.cli,
            com.techpro.callclient.testkit.pbx;
    exports com.techpro.callclient.stack.sip.refer to
            com.techpro.callclient.engine;
    exports com.techpro.callclient.stack.sip.subscription to
            com.techpro.callclient.engine;
    exports com.techpro.callclient.stack.sip.transaction to
            com.techpro.callclient.engine,
            com.techpro.callclient.testkit.pbx;
    exports com.techpro.callclient.stack.sip.transport to
            com.techpro.callclient.engine,
            com.techpro.callclient.adapters.phonesystems,
            com.techpro.callclient.testkit.pbx;
    exports com.techpro.callclient.stack.xml to
            com.techpro.callclient.engine,
            com.techpro.callclient.adapters.phonesystems;
}
