import DefaultTheme from "vitepress/theme";
import RuleFilter from "./RuleFilter.vue";
import "./style.css";

export default {
  extends: DefaultTheme,
  enhanceApp({ app }) {
    app.component("RuleFilter", RuleFilter);
  },
};
