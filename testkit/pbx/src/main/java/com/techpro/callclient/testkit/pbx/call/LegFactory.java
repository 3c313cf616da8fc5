// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.testkit.pbx.call;

import com.techpro.callclient.ports.phonesystem.SipTransport;
import com.techpro.callclient.stack.sip.message.NameAddr;
import com.techpro.callclient.stack.sip.message.SipUri;
import com.techpro.callclient.stack.sip.transaction.ServerTransactionHandle;
import com.techpro.callclient.stack.sip.transport.Flow;
import com.techpro.callclient.testkit.pbx.media.LegMedia;
import com.techpro.callclient.testkit.pbx.media.MediaPlane;
import com.techpro.callclient.testkit.pbx.media.ProgrammeSource;
import com.techpro.callclient.testkit.pbx.registrar.Binding;
import com.techpro.callclient.testkit.pbx.registrar.Registrar;
import com.techpro.callclient.testkit.pbx.settings.PbxSettings;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayList;
import java.util.List;
import java.util.Random;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * Creates the legs of calls: to a caller, and to the devices of an extension. On the signalling
 * loop.
 */
public final class LegFactory {
    private final ActiveCalls calls;
    private final PbxSettings settings;
    private final Function<SipTransport, @Nullable Integer> ports;
    private final Registrar registrar;
    private final MediaPlane plane;
    private final Random random;

    public LegFactory(
            ActiveCalls calls,
            PbxSettings settings,
            Function<SipTransport, @Nullable Integer> ports,
            Registrar registrar,
            MediaPlane plane,
            Random random) {
        this.calls = calls;
        this.settings = settings;
        this.ports = ports;
        this.registrar = registrar;
        this.plane = plane;
        this.random = random;
    }

    /** Creates the leg to the sender of an INVITE. */
    public Leg.Maker toCaller(ServerTransactionHandle invite) throws IOException {
        return toCaller(invite, contactOn(invite.flow()));
    }

    /**
     * Creates the leg to the sender of an INVITE, with the contact to which the call has led it.
     */
    public Leg.Maker toCaller(ServerTransactionHandle invite, NameAddr contact) throws IOException {
        Flow flow = invite.flow();
        String extension = invite.request().from().uri().user();
        LegMedia media = media(flow, extension);
        LegDialog dialog = LegDialog.called(invite.request(), invite.localTag(), contact);
        return call -> calls.newLeg(flow, extension, dialog, media, call);
    }

    /** Returns the devices of extensions, each once. */
    public List<Binding> devicesOf(Iterable<String> extensions) {
        List<Binding> devices = new ArrayList<>();
        extensions.forEach(extension -> devices.addAll(registrar.devicesOf(extension)));
        return devices;
    }

    /** Returns the device that a GRUU names (RFC 5627), or null. */
    public @Nullable Binding device(SipUri uri) {
        return registrar.device(uri);
    }

    /** Creates legs to all devices of extensions; omits devices that cannot be served. */
    public List<Leg.Maker> toDevices(Iterable<String> extensions, NameAddr from, Function<Flow, NameAddr> contact) {
        List<Leg.Maker> makers = new ArrayList<>();
        for (String extension : extensions) {
            makers.addAll(toDevices(registrar.devicesOf(extension), from, contact));
        }
        return makers;
    }

    /** Creates legs to these devices; omits sleeping ones as well. */
    public List<Leg.Maker> toDevices(List<Binding> devices, NameAddr from, Function<Flow, NameAddr> contact) {
        List<Leg.Maker> makers = new ArrayList<>();
        for (Binding binding : devices) {
            if (!binding.flow().isOpen() && binding.flow().isReliable()) {
                continue;
            }
            String extension = binding.extension();
            LegMedia media;
            try {
                media = media(binding.flow(), extension);
            } catch (IOException e) {
                continue;
            }
            LegDialog dialog = LegDialog.calling(
                    newTag() + "@" + settings.domain(),
                    from.withTag(newTag()),
                    NameAddr.of(SipUri.of("sip", extension, settings.domain(), 0)),
                    binding.contact().uri(),
                    binding.path(),
                    contact.apply(binding.flow()));
            makers.add(call -> calls.newLeg(binding.flow(), extension, dialog, media, call));
        }
        return makers;
    }

    /** Returns the PBX's contact for devices on that flow. */
    public NameAddr contactOn(Flow flow) {
        return contactOn(flow, "pbx");
    }

    /** Returns a contact of the PBX with this user part. */
    public NameAddr contactOn(Flow flow, String user) {
        InetSocketAddress local = flow.local();
        Integer port = settings.secondEdge() ? Integer.valueOf(local.getPort()) : ports.apply(flow.transport());
        SipUri uri = SipUri.of("sip", user, local.getAddress().getHostAddress(), port == null ? 0 : port);
        return NameAddr.of(
                flow.transport() == SipTransport.UDP
                        ? uri
                        : uri.withParam("transport", flow.transport().uriParameter()));
    }

    public String newTag() {
        return Long.toHexString(random.nextLong() | Long.MIN_VALUE);
    }

    /** Creates the source of an announcement or other programme. */
    public ProgrammeSource newStation() {
        return new ProgrammeSource(plane, random);
    }

    private LegMedia media(Flow flow, @Nullable String extension) throws IOException {
        return new LegMedia(
                plane.openPort(flow.local().getAddress(), extension),
                settings.mediaOver(flow.transport(), extension),
                random);
    }
}
