// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import com.techpro.callclient.stack.sip.message.MultipartBody;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * A notification of a resource list (RFC 4662 §5.1): an {@code rlmi} document and the parts that it
 * refers to. Prints without its content.
 *
 * @param version grows by one with each document of a subscription
 * @param full whether it names every resource of the list
 */
record ResourceList(long version, boolean full, List<Resource> resources) {
    ResourceList {
        resources = List.copyOf(resources);
    }

    /** The state of an instance (RFC 4662 §5.5), as in Subscription-State. */
    enum InstanceState {
        ACTIVE,
        PENDING,
        TERMINATED
    }

    /** @param uri as the document writes it */
    record Resource(String uri, List<Instance> instances) {
        Resource {
            instances = List.copyOf(instances);
        }

        @Override
        public String toString() {
            return "Resource[redacted]";
        }
    }

    /**
     * A subscription of the server to a resource.
     *
     * @param reason why it is terminated, or empty
     * @param document the resource's state, or null if the notification has none
     */
    record Instance(String id, InstanceState state, String reason, MultipartBody.@Nullable Part document) {
        @Override
        public String toString() {
            return "Instance[" + state + ", redacted]";
        }
    }

    @Override
    public String toString() {
        return "ResourceList[" + version + ", " + resources.size() + " resources]";
    }
}
