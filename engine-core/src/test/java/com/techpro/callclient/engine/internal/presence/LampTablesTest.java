// SPDX-License-Identifier: Apache-2.0
package com.techpro.callclient.engine.internal.presence;

import static org.assertj.core.api.Assertions.assertThat;

import com.techpro.callclient.engine.internal.presence.DialogInfo.DialogState;
import com.techpro.callclient.engine.internal.presence.DialogInfo.WatchedDialog;
import com.techpro.callclient.engine.internal.presence.ResourceList.Instance;
import com.techpro.callclient.engine.internal.presence.ResourceList.InstanceState;
import com.techpro.callclient.engine.internal.presence.ResourceList.Resource;
import java.util.List;
import org.junit.jupiter.api.Test;

/** What a notifier can make us keep by many small documents, each of which is within its bounds. */
class LampTablesTest {
    private static DialogInfo partial(long version, DialogState state) {
        WatchedDialog dialog = new WatchedDialog("d" + version, state, null, null, null, null, null, null, null);
        return new DialogInfo(version == 0, version, List.of(dialog));
    }

    @Test
    void an_extension_has_a_hundred_dialogs_at_most() {
        DialogInfoTable table = null;
        for (int i = 0; i < 100; i++) {
            table = DialogInfoTable.after(table, partial(i, DialogState.EARLY));
            assertThat(table).isNotNull();
        }

        assertThat(table.open()).hasSize(100);
        assertThat(DialogInfoTable.after(table, partial(100, DialogState.EARLY)))
                .isNull();
        assertThat(DialogInfoTable.after(table, partial(100, DialogState.TERMINATED))
                        .open())
                .hasSize(100);
    }

    private static ResourceList list(long version, Resource resource) {
        return new ResourceList(version, version == 0, List.of(resource));
    }

    private static Resource resource(int number, String instance, InstanceState state) {
        return new Resource("sip:" + number + "@pbx.test", List.of(new Instance(instance, state, "", null)));
    }

    @Test
    void a_list_has_five_hundred_resources_at_most() {
        ResourceListTable table = null;
        for (int i = 0; i < 500; i++) {
            table = ResourceListTable.after(table, list(i, resource(i, "1", InstanceState.ACTIVE)));
            assertThat(table).isNotNull();
        }

        assertThat(table.entries()).hasSize(500);
        assertThat(ResourceListTable.after(table, list(500, resource(500, "1", InstanceState.ACTIVE))))
                .isNull();
        assertThat(ResourceListTable.after(table, list(500, resource(7, "1", InstanceState.ACTIVE))))
                .isNotNull();
    }

    @Test
    void a_resource_has_ten_instances_at_most() {
        ResourceListTable table = null;
        for (int i = 0; i < 10; i++) {
            table = ResourceListTable.after(table, list(i, resource(1, "i" + i, InstanceState.ACTIVE)));
        }
        assertThat(table.whole()).isTrue();
        assertThat(only(table).instances()).hasSize(10);

        ResourceListTable more = ResourceListTable.after(table, list(10, resource(1, "i10", InstanceState.ACTIVE)));
        assertThat(more.whole()).as("everything is asked for").isFalse();
        assertThat(only(more).instances()).isEmpty();

        ResourceListTable fewer = ResourceListTable.after(table, list(10, resource(1, "i1", InstanceState.TERMINATED)));
        assertThat(fewer.whole()).isTrue();
        assertThat(only(fewer).instances()).hasSize(9);
    }

    private static ResourceListTable.Entry only(ResourceListTable table) {
        return table.entries().values().iterator().next();
    }
}
