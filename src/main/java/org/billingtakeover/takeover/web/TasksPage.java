package org.billingtakeover.takeover.web;

import org.billingtakeover.kernel.Right;
import org.billingtakeover.kernel.StaffMember;
import org.billingtakeover.kernel.TakeoverKey;
import org.billingtakeover.takeover.Refusal;
import org.billingtakeover.takeover.TasksOfStaff;
import org.springframework.security.core.annotation.AuthenticationPrincipal;
import org.springframework.stereotype.Controller;
import org.springframework.ui.Model;
import org.springframework.web.bind.annotation.GetMapping;
import org.springframework.web.bind.annotation.PathVariable;
import org.springframework.web.bind.annotation.PostMapping;
import org.springframework.web.bind.annotation.RequestParam;
import org.springframework.web.servlet.mvc.support.RedirectAttributes;

/** Between cases and Tasklist: from a task to its case, and one's own tasks to a colleague. */
@Controller
class TasksPage {

    /** It leads back to the case once the task is completed. */
    private static final String TASKLIST = "redirect:/camunda/app/tasklist/default/?from=case";

    private final TasksOfStaff tasks;

    TasksPage(TasksOfStaff tasks) {
        this.tasks = tasks;
    }

    /** To this task in Tasklist. */
    static String inTasklist(String task) {
        return TASKLIST + "#/?task=" + task;
    }

    /** To the case of a task; a client without a case is on the page of clients. */
    @GetMapping("/tasks/{task}/case")
    String caseOf(@AuthenticationPrincipal StaffMember staff, @PathVariable String task) {
        ClientsPage.refuseUnless(staff.may(Right.WORK_ON_TASKS));
        return tasks.about(task, staff).orElseThrow(ClientsPage::notFound) instanceof TakeoverKey key
                ? "redirect:/cases/" + key
                : "redirect:/clients";
    }

    @GetMapping("/tasks/hand-over")
    String whom(@AuthenticationPrincipal StaffMember staff, Model model) {
        ClientsPage.refuseUnless(staff.may(Right.WORK_ON_TASKS));
        model.addAttribute("held", tasks.held(staff));
        model.addAttribute("colleagues", tasks.colleagues(staff));
        return "takeover/hand-over";
    }

    @PostMapping("/tasks/hand-over")
    String handOver(
            @AuthenticationPrincipal StaffMember staff,
            @RequestParam(defaultValue = "") String colleague,
            RedirectAttributes redirect) {
        ClientsPage.refuseUnless(staff.may(Right.WORK_ON_TASKS));
        try {
            redirect.addFlashAttribute("handed", tasks.handOver(staff, colleague));
            tasks.colleagues(staff).stream()
                    .filter(each -> each.user().equals(colleague))
                    .findFirst()
                    .ifPresent(each -> redirect.addFlashAttribute("to", each.name()));
        } catch (Refusal refusal) {
            redirect.addFlashAttribute("refusal", refusal);
        }
        return "redirect:/tasks/hand-over";
    }
}
