// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx;

import com.techpro.callclient.ports.net.Network;
import com.techpro.callclient.ports.phonesystem.HostPort;
import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.ports.time.Loop;
import com.techpro.callclient.ports.time.Schedulers;
import com.techpro.callclient.stack.loop.EngineLoop;
import com.techpro.callclient.stack.sip.transport.TransportLayer;
import com.techpro.callclient.testkit.contracts.VirtualTime;
import com.techpro.callclient.testkit.pbx.fault.FaultScript;
import com.techpro.callclient.testkit.pbx.fault.MediaFaults;
import com.techpro.callclient.testkit.pbx.media.MediaPlane;
import com.techpro.callclient.testkit.pbx.provisioning.ProvisioningServer;
import com.techpro.callclient.testkit.pbx.registrar.InstanceAddresses;
import com.techpro.callclient.testkit.pbx.registrar.PushGateway;
import com.techpro.callclient.testkit.pbx.registrar.PushSettings;
import com.techpro.callclient.testkit.pbx.registrar.Registrar;
import com.techpro.callclient.testkit.pbx.request.RequestJournal;
import com.techpro.callclient.testkit.pbx.routing.CallRouter;
import com.techpro.callclient.testkit.pbx.settings.FieldBehaviour;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import com.techpro.callclient.testkit.pbx.settings.ProvisioningSettings;
import com.techpro.callclient.testkit.pbx.settings.VoicemailSettings;
import com.techpro.callclient.testkit.pbx.signalling.DigestAuthentication;
import com.techpro.callclient.testkit.pbx.signalling.LoopCalls;
import com.techpro.callclient.testkit.pbx.signalling.PbxFailures;
import com.techpro.callclient.testkit.pbx.signalling.Signalling;
import com.techpro.callclient.testkit.pbx.signalling.Statistics;
import com.techpro.callclient.testkit.pbx.tls.PbxCertificates;
import com.techpro.callclient.testkit.pbx.tls.ServerCertificate;
import com.techpro.callclient.testkit.pbx.trace.MessageTrace;
import com.techpro.callclient.testkit.pbx.voicemail.Mailboxes;
import com.techpro.callclient.testkit.pbx.voicemail.VoicemailServer;
import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Random;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.Executor;
import java.util.stream.Stream;
import javax.net.ssl.SSLContext;
import org.jspecify.annotations.Nullable;

/**
 * What an {@link EmbeddedPbx} consists of, and its life: it opens, crashes, starts again and closes.
 * {@link #open}, {@link #shut} and {@link #restart} run on the signalling loop.
 */
final class PbxServer {
    private static final Duration LONGEST_GOODBYE = Duration.ofSeconds(1);

    private final PbxSettings settings;
    private final Network network;
    private final Schedulers schedulers;
    private final AutoCloseable owned;
    private final Random random;
    final PbxCertificates certificates;
    private final Loop signallingLoop;
    private final EngineLoop loop;
    final LoopCalls onLoop;
    final PbxFailures failures = new PbxFailures();
    private final Executor workers;
    private final Statistics statistics = new Statistics();
    final FaultScript faults;
    final RequestJournal journal;
    final MessageTrace trace;
    final MediaPlane plane;
    final Registrar registrar;
    private final DigestAuthentication authentication;
    private final @Nullable Mailboxes mailboxes;
    final CallRouter callRouter;
    private final Map<SipTransport, Integer> ports = new ConcurrentHashMap<>();
    private final Map<SipTransport, Integer> secondPorts = new ConcurrentHashMap<>();
    private final @Nullable PushGateway push;

    // Owned by the signalling loop:
    private @Nullable Signalling signalling;
    private @Nullable ProvisioningServer provisioning;
    private SSLContext serverContext;
    private ServerCertificate certificate = ServerCertificate.VALID;
    private boolean closed;

    PbxServer(PbxSettings settings, Network network, Schedulers schedulers, Random random, AutoCloseable owned)
            throws IOException {
        this.settings = settings;
        this.network = network;
        this.schedulers = schedulers;
        this.owned = owned;
        this.random = random;
        this.certificates = new PbxCertificates(
                settings.domain(),
                List.of("localhost"),
                Stream.of(settings.address(), mailHost())
                        .map(InetAddress::getHostAddress)
                        .distinct()
                        .toList());
        this.serverContext = certificates.serverContext(ServerCertificate.VALID);
        this.workers = failures.guarding(schedulers.workers());
        this.faults = new FaultScript(new MediaFaults(random, settings.extensions()::containsKey));
        this.journal = new RequestJournal(settings.recordedRequests());
        this.plane = new MediaPlane(schedulers, network, faults.media(), random, failures);
        this.signallingLoop = schedulers.openLoop("pbx", failures);
        this.loop = new EngineLoop(signallingLoop);
        this.trace = new MessageTrace(settings.tracedBytes(), loop::now);
        this.onLoop = new LoopCalls(schedulers, loop);
        PushSettings woken = settings.push();
        this.push = woken == null ? null : new PushGateway(loop, woken);
        this.registrar = new Registrar(
                loop,
                settings.expiry(),
                extension -> settings.does(FieldBehaviour.REWRITES_CONTACTS, extension),
                settings.instanceAddresses() ? new InstanceAddresses(settings.domain(), random) : null,
                push);
        this.authentication = new DigestAuthentication(loop, settings, random, statistics);
        this.mailboxes = openMailboxes();
        this.callRouter = new CallRouter(
                loop,
                settings,
                ports::get,
                registrar,
                push,
                authentication,
                plane,
                random,
                statistics,
                faults,
                mailboxes,
                workers);
        ports.putAll(settings.ports());
        onLoop.run(this::open);
        ProvisioningSettings served = settings.provisioning();
        if (served != null) {
            provisioning = new ProvisioningServer(
                    settings, served, this::address, mailboxes, onLoop, loop, workers, failures, random);
            provisioning.open(serverContext);
        }
    }

    HostPort address(SipTransport transport) {
        return address(transport, ports.get(transport), "this PBX does not serve ");
    }

    HostPort secondAddress(SipTransport transport) {
        return address(transport, secondPorts.get(transport), "this PBX has no second edge for ");
    }

    private HostPort address(SipTransport transport, @Nullable Integer port, String otherwise) {
        if (port == null) {
            throw new IllegalArgumentException(otherwise + transport);
        }
        return new HostPort(settings.address().getHostAddress(), port);
    }

    ProvisioningServer provisioning() {
        ProvisioningServer server = provisioning;
        if (server == null) {
            throw new IllegalStateException("this PBX was not told to serve accounts; see PbxBuilder.provisioning");
        }
        return server;
    }

    PbxVoicemail voicemail() {
        VoicemailServer voicemail = callRouter.voicemail();
        if (voicemail == null || mailboxes == null) {
            throw new IllegalStateException("this PBX was not told to take messages; see PbxBuilder.voicemail");
        }
        return new PbxVoicemail(voicemail, mailboxes, mailHost(), settings.userPasswords(), signallingLoop);
    }

    PbxState state() {
        return new PbxState(
                registrar.allBindings().stream()
                        .map(binding -> new PbxState.Registration(
                                binding.extension(),
                                binding.flow().transport(),
                                binding.expires(),
                                binding.flow().isOpen()))
                        .toList(),
                statistics.activeCalls(),
                statistics.connectedCalls(),
                statistics.requests(),
                statistics.refusals(),
                statistics.failedLogins(),
                plane.openPorts(),
                plane.packetsIn(),
                plane.packetsOut(),
                plane.packetsRefused());
    }

    void restart() throws IOException {
        shut();
        open();
    }

    void restartWith(ServerCertificate shown) {
        onLoop.run(() -> {
            shut();
            certificate = shown;
            serverContext = certificates.serverContext(shown);
            open();
        });
        ProvisioningServer served = provisioning;
        if (served != null) {
            served.reopen(serverContext);
        }
        if (mailboxes != null) {
            try {
                mailboxes.restart(serverContext);
            } catch (IOException e) {
                throw new IllegalStateException("voicemail cannot be served again", e);
            }
        }
    }

    void reset() {
        if (closed) {
            return;
        }
        // First, so that the BYEs arrive.
        faults.reset();
        if (certificate != ServerCertificate.VALID) {
            restartWith(ServerCertificate.VALID);
        }
        onLoop.run(() -> {
            open();
            running().restoreEdges();
            callRouter.calls().hangUpAll();
        });
        if (!onLoop.holdsWithin(() -> statistics.activeCalls() == 0 && plane.openPorts() == 0, LONGEST_GOODBYE)) {
            onLoop.run(callRouter.calls()::dropAll);
        }
        onLoop.run(() -> {
            callRouter.dialling().forgetFeatures();
            callRouter.messages().forget();
            if (mailboxes == null) {
                callRouter.lamp().clear();
            }
        });
        if (provisioning != null) {
            provisioning.reset();
        }
        journal.reset();
        statistics.reset();
        plane.resetCounters();
    }

    boolean isClosed() {
        return closed;
    }

    List<Throwable> release() {
        if (closed) {
            return failures.first();
        }
        closed = true;
        if (provisioning != null) {
            provisioning.close();
        }
        onLoop.run(this::shut);
        plane.close();
        signallingLoop.close();
        if (mailboxes != null) {
            mailboxes.close();
        }
        try {
            owned.close();
        } catch (Exception e) {
            throw new IllegalStateException("the PBX could not release what it stood on", e);
        }
        return failures.first();
    }

    private @Nullable Mailboxes openMailboxes() throws IOException {
        VoicemailSettings voicemail = settings.voicemail();
        if (voicemail == null) {
            return null;
        }
        return new Mailboxes(settings.domain(), voicemail, mailHost(), serverContext, settings.userPasswords());
    }

    /** The mail server cannot use simulated networks. */
    private InetAddress mailHost() {
        return schedulers instanceof VirtualTime ? InetAddress.getLoopbackAddress() : settings.address();
    }

    void open() throws IOException {
        if (signalling != null) {
            return;
        }
        Signalling opened = new Signalling(
                loop, network, workers, settings, random, faults, journal, authentication, callRouter, trace);
        callRouter.calls().over(opened.transactions());
        TransportLayer transport = opened.transactions().transport();
        signalling = opened;
        for (SipTransport kind : SipTransport.values()) {
            Integer port = ports.get(kind);
            if (port != null) {
                ports.put(kind, listen(transport, kind, port));
                if (settings.secondEdge() && kind != SipTransport.UDP) {
                    secondPorts.put(kind, listen(transport, kind, secondPorts.getOrDefault(kind, 0)));
                }
            }
        }
    }

    private int listen(TransportLayer transport, SipTransport kind, int port) throws IOException {
        InetSocketAddress local = new InetSocketAddress(settings.address(), port);
        try {
            return transport
                    .listen(kind, local, kind.isEncrypted() ? serverContext : null)
                    .getPort();
        } catch (IOException e) {
            throw new IOException(kind + " port " + port + ": " + e.getMessage(), e);
        }
    }

    void shut() {
        Signalling open = signalling;
        if (open != null) {
            callRouter.dropAll();
            registrar.forgetAll();
            if (push != null) {
                push.forget();
            }
            authentication.forgetNonces();
            signalling = null;
            open.close();
        }
    }

    Signalling running() {
        Signalling open = signalling;
        if (open == null) {
            throw new IllegalStateException("the PBX has crashed");
        }
        return open;
    }
}
