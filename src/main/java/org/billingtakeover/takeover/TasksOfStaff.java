package org.billingtakeover.takeover;

import java.util.List;
import java.util.Optional;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.kernel.Subject;
import org.billingtakeover.kernel.TakeoverKey;
import org.jspecify.annotations.Nullable;

/** The tasks of people, as our pages lead to them. Whose role or firm a task is not for, has no such task. */
public interface TasksOfStaff {

    /** The task that waits in a case, if it is one for {@code who}. */
    Optional<Waiting> waiting(TakeoverKey key, StaffMember who);

    /** The same, taken for {@code who} unless somebody has it. */
    Optional<Waiting> take(TakeoverKey key, StaffMember who);

    /** What a task is about, if it is one for {@code who}, or was one that {@code who} had when it ended. */
    Optional<Subject> about(String task, StaffMember who);

    /** How many tasks {@code who} has taken. */
    int held(StaffMember who);

    /** Who can be handed tasks of {@code who}: people of the same role who see the same firm, by name. */
    List<Colleague> colleagues(StaffMember who);

    /**
     * Hands all tasks of {@code who} to a colleague, as far as that one may work on them.
     *
     * @param colleague one of {@link #colleagues}
     * @return how many were handed over
     * @throws Refusal {@code noColleague} if it is nobody who can be handed tasks
     */
    int handOver(StaffMember who, String colleague);

    /**
     * A task that is open.
     *
     * @param task its number in the engine
     * @param holder who has taken it; null while nobody has
     */
    record Waiting(String task, @Nullable String holder) {

        /** Whether somebody else than {@code who} has it. */
        public boolean isWithAnother(StaffMember who) {
            return holder != null && !holder.equals(who.id());
        }
    }

    /** @param user what the person signs in with */
    record Colleague(String user, String name) {}
}
