// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.stack.ice.turn;

import com.techpro.callclient.stack.ice.stun.StunMethod;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.BiConsumer;
import org.jspecify.annotations.Nullable;

/**
 * The peers of an allocation: its permissions (RFC 8656 §9) and channels (§12), and their renewal
 * times. It has no clock.
 */
final class TurnPeers {
    static final int MAX_PEERS = 64;
    private static final Duration PERMISSION_RENEWAL = Duration.ofMinutes(4);
    private static final Duration CHANNEL_RENEWAL = Duration.ofMinutes(9);

    private final Map<InetAddress, Permission> permissions = new LinkedHashMap<>();
    private final Map<InetSocketAddress, Channel> channels = new LinkedHashMap<>();
    private int nextChannel = ChannelData.FIRST;

    private static final class Permission {
        boolean granted;
        boolean refused;
        long renewAt;
    }

    private static final class Channel {
        final int number;
        boolean bound;
        long renewAt;

        Channel(int number) {
            this.number = number;
        }
    }

    /**
     * Returns whether to request a permission for that address now: once for each, and for at most
     * 64.
     */
    boolean addPermission(InetAddress address, long now) {
        if (permissions.containsKey(address) || permissions.size() >= MAX_PEERS) {
            return false;
        }
        Permission permission = new Permission();
        permission.renewAt = now + PERMISSION_RENEWAL.toNanos();
        permissions.put(address, permission);
        return true;
    }

    /** Returns whether to request a channel to the peer now: once for each, and for at most 64. */
    boolean addChannel(InetSocketAddress peer, long now) {
        if (channels.containsKey(peer) || channels.size() >= MAX_PEERS) {
            return false;
        }
        Channel channel = new Channel(nextChannel++);
        channel.renewAt = now + CHANNEL_RENEWAL.toNanos();
        channels.put(peer, channel);
        return true;
    }

    /** Returns whether the permission is new. */
    boolean granted(InetAddress address) {
        Permission permission = permissions.get(address);
        boolean first = permission != null && !permission.granted;
        if (permission != null) {
            permission.granted = true;
        }
        return first;
    }

    /** Keeps the entry, so that repeated calls for it send only one request. */
    void refused(InetAddress address) {
        Permission permission = permissions.get(address);
        if (permission != null) {
            permission.granted = false;
            permission.refused = true;
        }
    }

    /** Refused permissions may be requested again, once each. */
    void forgetRefusals() {
        permissions.values().removeIf(permission -> permission.refused);
    }

    /** Returns whether the channel is new. */
    boolean bound(InetSocketAddress peer) {
        Channel channel = channels.get(peer);
        boolean first = channel != null && !channel.bound;
        if (channel != null) {
            channel.bound = true;
        }
        return first;
    }

    void unbound(InetSocketAddress peer) {
        Channel channel = channels.get(peer);
        if (channel != null) {
            channel.bound = false;
        }
    }

    boolean isPermitted(InetAddress address) {
        Permission permission = permissions.get(address);
        return permission != null && permission.granted;
    }

    /** Returns whether a permission was requested. */
    boolean isKnown(InetAddress address) {
        return permissions.containsKey(address);
    }

    /** Returns the channel to the peer, bound or pending; 0 if there is none. */
    int channel(@Nullable InetSocketAddress peer) {
        Channel channel = peer == null ? null : channels.get(peer);
        return channel == null ? 0 : channel.number;
    }

    boolean isBound(InetSocketAddress peer) {
        Channel channel = channels.get(peer);
        return channel != null && channel.bound;
    }

    /** Returns the peer of a channel, or null. */
    @Nullable
    InetSocketAddress peer(int channel) {
        for (Map.Entry<InetSocketAddress, Channel> entry : channels.entrySet()) {
            if (entry.getValue().number == channel) {
                return entry.getKey();
            }
        }
        return null;
    }

    /**
     * @param request receives each method and peer to request again
     */
    void renew(long now, BiConsumer<StunMethod, InetSocketAddress> request) {
        permissions.forEach((peer, permission) -> {
            if (permission.granted && permission.renewAt - now <= 0) {
                permission.renewAt = now + PERMISSION_RENEWAL.toNanos();
                request.accept(StunMethod.CREATE_PERMISSION, new InetSocketAddress(peer, 0));
            }
        });
        channels.forEach((peer, channel) -> {
            if (channel.bound && channel.renewAt - now <= 0) {
                channel.renewAt = now + CHANNEL_RENEWAL.toNanos();
                request.accept(StunMethod.CHANNEL_BIND, peer);
            }
        });
    }

    /**
     * Returns the nanoseconds until {@link #renew} has something to do; {@link Long#MAX_VALUE} if
     * nothing is pending.
     */
    long untilRenewal(long now) {
        long soonest = Long.MAX_VALUE;
        for (Permission permission : permissions.values()) {
            soonest = permission.granted ? Math.min(soonest, permission.renewAt - now) : soonest;
        }
        for (Channel channel : channels.values()) {
            soonest = channel.bound ? Math.min(soonest, channel.renewAt - now) : soonest;
        }
        return soonest;
    }
}
